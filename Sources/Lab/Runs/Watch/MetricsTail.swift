import Foundation

/// Reads `metrics.jsonl` while it grows: each measurement once, without reading the file anew.
///
/// A torn last line waits until it is whole; a line that is no measurement is counted and passed over.
public struct MetricsTail: Sendable {
    private let file: URL
    private var offset: UInt64 = 0
    /// The last bytes before `offset`: where they differ, the file was cut and written again.
    private var mark = Data()
    private var rest = Data()
    private var scanner = MetricScanner()
    /// Lines that were no measurements.
    public private(set) var malformed = 0

    /// What is new in the file.
    public struct News: Sendable {
        public var points: [MetricPoint] = []
        /// Whether the run went back to a checkpoint: what was read before counts no more.
        public var restarted = false
    }

    /// - Parameter folder: of the run, in whatever state.
    public init(run folder: URL) { file = folder.appending(path: RunFiles.metrics) }

    /// The measurements since the last call; none where the file is not there yet.
    ///
    /// - Throws: `RunsError.cannotRead`.
    public mutating func next() throws -> News {
        guard FileManager.default.fileExists(atPath: file.path) else { return News() }
        let data: Data
        var news = News()
        do {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            let size = try handle.seekToEnd()
            try handle.seek(toOffset: offset - UInt64(mark.count))
            let found = try handle.read(upToCount: mark.count) ?? Data()
            if size < offset || found != mark {
                news.restarted = true
                (offset, mark, rest) = (0, Data(), Data())
                try handle.seek(toOffset: 0)
            }
            data = try handle.readToEnd() ?? Data()
        } catch {
            throw RunsError.cannotRead(path: file.path, problem: error.localizedDescription)
        }
        guard !data.isEmpty else { return news }
        offset += UInt64(data.count)
        mark = Data((mark + data).suffix(64))
        rest.append(data)
        take(&news)
        return news
    }

    /// Moves the whole lines out of `rest`.
    private mutating func take(_ news: inout News) {
        guard let last = rest.lastIndex(of: 0x0A) else { return }
        let whole = rest[rest.startIndex...last]
        for line in whole.split(separator: 0x0A) {
            let point =
                line.withUnsafeBytes { scanner.scan($0) }
                ?? (try? CanonicalJSON.decode(MetricPoint.self, from: Data(line)))
            if let point { news.points.append(point) } else { malformed += 1 }
        }
        rest = Data(rest[rest.index(after: last)...])
    }
}
