import Foundation

/// Writes a file so that a reader sees the old bytes or all of the new ones, never a part, even after a power cut.
public struct AtomicFile {
    /// Writes `data` under a temporary name in the same folder, flushes it to disk and renames it to `url`.
    ///
    /// The folder must exist. Throws `StorageError`; on failure the temporary file is removed and `url` is untouched.
    public static func write(_ data: Data, to url: URL) throws {
        try write([data], to: url)
    }

    /// Writes the parts one behind the other; see `write(_:to:)`.
    public static func write(_ parts: [Data], to url: URL) throws {
        let temporary = url.deletingLastPathComponent()
            .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString).partial")
        let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StorageError.system(errno, path: url.path, writing: true) }
        do {
            defer { close(descriptor) }
            for part in parts { try writeAll(part, to: descriptor, path: url.path) }
            guard fsync(descriptor) == 0 else { throw StorageError.system(errno, path: url.path, writing: true) }
        } catch {
            unlink(temporary.path)
            throw error
        }
        try place(temporary, as: url)
    }

    /// Writes `head` over the first bytes of a file that was written piece by piece, flushes it and renames it to `url`.
    ///
    /// Both must lie in one folder; what a failure leaves of the temporary file is its owner's to remove.
    static func complete(_ temporary: URL, withHead head: Data, as url: URL) throws {
        let descriptor = open(temporary.path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError.system(errno, path: url.path, writing: true) }
        do {
            defer { close(descriptor) }
            try writeAll(head, to: descriptor, path: url.path)
            guard fsync(descriptor) == 0 else { throw StorageError.system(errno, path: url.path, writing: true) }
        }
        try place(temporary, as: url)
    }

    private static func place(_ temporary: URL, as url: URL) throws {
        guard rename(temporary.path, url.path) == 0 else {
            let code = errno
            unlink(temporary.path)
            throw StorageError.system(code, path: url.path, writing: true)
        }
        flushFolder(url.deletingLastPathComponent())
    }

    private static func writeAll(_ data: Data, to descriptor: Int32, path: String) throws {
        try data.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count < 0 {
                    if errno == EINTR { continue }
                    throw StorageError.system(errno, path: path, writing: true)
                }
                offset += count
            }
        }
    }

    /// The rename itself must reach the disk; a file system that cannot flush folders has made its own choice.
    private static func flushFolder(_ folder: URL) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
