import Foundation

/// Published corpora, where they are at hand: under `LAB_MIRROR` as mirrored, or pulled under `LAB_DATA`.
enum Corpora {
    static func folder(_ name: String) -> URL? {
        let environment = ProcessInfo.processInfo.environment
        return ["LAB_MIRROR", "LAB_DATA"].compactMap { environment[$0] }
            .map { URL(filePath: $0).appending(path: name) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// A folder of its own that is removed after `body`.
    static func temporary<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}

extension URL {
    /// Writes bytes to the file `name` in this folder.
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: appending(path: name))
    }

    func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }
}
