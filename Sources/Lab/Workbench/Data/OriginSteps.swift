import Foundation
import LabStorage

/// Makes a file of the working form out of the bytes at an origin.
enum OriginSteps {
    static func apply(_ steps: [OriginFile.Step], to data: Data, in folder: URL) throws -> Data {
        try steps.reduce(data) { bytes, step in
            switch step {
            case .gunzip: try gunzip(bytes, in: folder)
            case .dropFirstLine: Data(bytes[(bytes.firstIndex(of: 10).map { $0 + 1 } ?? bytes.endIndex)...])
            case .unixLines: unixLines(bytes)
            case .finalNewline: bytes.last == 10 ? bytes : bytes + [10]
            case .storeMembers: try storeMembers(bytes, in: folder)
            }
        }
    }

    private static func unixLines(_ data: Data) -> Data {
        var result = Data(capacity: data.count)
        var previous: UInt8 = 0
        for byte in data {
            if byte == 10, previous == 13 { result.removeLast() }
            result.append(byte)
            previous = byte
        }
        return result
    }

    private static func gunzip(_ data: Data, in folder: URL) throws -> Data {
        let file = folder.appendingPathComponent("packed-\(UUID().uuidString)")
        let packed = file.appendingPathExtension("gz")
        defer {
            try? FileManager.default.removeItem(at: file)
            try? FileManager.default.removeItem(at: packed)
        }
        try AtomicFile.write(data, to: packed)
        let result = try Subprocess.run("gzip", ["-d", packed.path], in: folder)
        guard result.status == 0 else {
            throw StorageError.damaged(path: packed.lastPathComponent, reason: "gzip could not unpack it")
        }
        return try Data(contentsOf: file)
    }

    private static func storeMembers(_ data: Data, in folder: URL) throws -> Data {
        let packed = folder.appendingPathComponent("packed-\(UUID().uuidString).zip")
        let stored = packed.appendingPathExtension("stored")
        defer {
            try? FileManager.default.removeItem(at: packed)
            try? FileManager.default.removeItem(at: stored)
        }
        try AtomicFile.write(data, to: packed)
        let result = try Subprocess.run("python3", ["-c", storeScript, packed.path, stored.path], in: folder)
        guard result.status == 0 else {
            throw StorageError.damaged(path: packed.lastPathComponent, reason: "zipfile could not unpack it")
        }
        return try Data(contentsOf: stored)
    }

    /// Everything that depends on the system or the clock is set, so that equal members give equal bytes.
    private static let storeScript = """
        import sys, zipfile
        with zipfile.ZipFile(sys.argv[1]) as packed, zipfile.ZipFile(sys.argv[2], "w") as stored:
            for member in packed.infolist():
                entry = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
                entry.create_system, entry.external_attr = 3, 0o600 << 16
                stored.writestr(entry, packed.read(member), zipfile.ZIP_STORED)
        """
}
