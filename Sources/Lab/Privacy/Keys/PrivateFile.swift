import Foundation
import Glibc

/// Small files that only their user may read (mode 0600 in a folder of mode 0700).
enum PrivateFile {
    static func createFolder(_ url: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PrivacyError.keyFile(url, operation: "create", reason: error.localizedDescription)
        }
    }

    /// The content, `nil` where there is no file.
    ///
    /// Ownership and mode are checked on the open file, so that it cannot be swapped between check and use.
    static func read(_ url: URL) throws -> Data? {
        let descriptor = open(url.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(url, "open")
        }
        defer { close(descriptor) }
        try check(url, descriptor)
        var content = Data()
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(url, "read")
            }
            if count == 0 { return content }
            content.append(contentsOf: buffer[..<count])
        }
    }

    /// Throws `PrivacyError.keyPermissions` where anybody else may read the file.
    static func check(_ url: URL) throws {
        let descriptor = open(url.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(url, "open") }
        defer { close(descriptor) }
        try check(url, descriptor)
    }

    private static func check(_ url: URL, _ descriptor: Int32) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(url, "look at") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw PrivacyError.keyPermissions(url, "it is not a regular file")
        }
        guard status.st_uid == geteuid() else {
            throw PrivacyError.keyPermissions(url, "it belongs to user \(status.st_uid)")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw PrivacyError.keyPermissions(url, "its mode is \(String(status.st_mode & 0o777, radix: 8))")
        }
    }

    /// Writes the file whole unless one is there already, which then stays as it is.
    static func createOnce(_ url: URL, _ content: Data) throws {
        let draft = url.deletingLastPathComponent().appendingPathComponent(".\(UUID().uuidString)")
        let descriptor = open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(draft, "create") }
        defer { unlink(draft.path) }
        do {
            defer { close(descriptor) }
            var rest = content[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw failure(draft, "write")
                }
                rest = rest.dropFirst(count)
            }
            guard fsync(descriptor) == 0 else { throw failure(draft, "flush") }
        }
        // A link, unlike a rename, never replaces a key that another process has made meanwhile.
        if link(draft.path, url.path) != 0, errno != EEXIST { throw failure(url, "create") }
    }

    private static func failure(_ url: URL, _ operation: String) -> PrivacyError {
        .keyFile(url, operation: operation, reason: String(cString: strerror(errno)))
    }
}
