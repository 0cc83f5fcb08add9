import Foundation

/// How far a run's folder is; derived, never stored.
public enum RunState: String, Codable, Sendable, CaseIterable {
    /// A living process holds its lock.
    case running
    /// Neither sealed nor held: it was stopped or killed, and can be resumed.
    case interrupted
    /// Stopped by an error, which its log tells; can be resumed once that is mended.
    case failed
    /// Complete.
    case sealed

    /// How long a folder without a lock counts as just being made, in seconds.
    static let startingTime = 5.0

    /// The state of a run's folder.
    public static func of(_ folder: URL) -> RunState {
        if FileManager.default.fileExists(atPath: folder.appending(path: RunFiles.seal).path) { return .sealed }
        let log = folder.appending(path: RunFiles.log).path
        let descriptor = open(log, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let made = try? FileManager.default.attributesOfItem(atPath: folder.path)[.modificationDate] as? Date
            return abs(made?.timeIntervalSinceNow ?? .infinity) < startingTime ? .running : .interrupted
        }
        defer { close(descriptor) }
        // Taken for an instant only; the writer waits for its own lock.
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 {
            flock(descriptor, LOCK_UN)
            // The seal may have been written between the two looks.
            return FileManager.default.fileExists(atPath: folder.appending(path: RunFiles.seal).path)
                ? .sealed : stopReason(of: folder) == nil ? .interrupted : .failed
        }
        return .running
    }

    /// Why a failed run stopped, or `nil` where no error stopped it.
    public static func stopReason(of folder: URL) -> String? {
        guard let last = LineTail.last(folder.appending(path: RunFiles.log)),
            let line = try? CanonicalJSON.decode(RunLogHandler.Line.self, from: last),
            line.message == RunFolder.stopped, line.level == "error"
        else { return nil }
        return line.metadata?["reason"] ?? ""
    }

    /// When a run's process last gave a sign of life, or `nil` where it never did.
    public static func lastSign(of folder: URL) -> Date? {
        [RunFiles.metrics, RunFiles.log].compactMap { name in
            let path = folder.appending(path: name).path
            return (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        }.max()
    }
}
