import Foundation

/// Waits until what was written has reached the disk.
enum DiskFlush {
    static func file(_ url: URL) throws { try flush(url, O_RDONLY | O_CLOEXEC) }

    /// The names in a folder; a file system that cannot flush folders has made its own choice.
    static func folder(_ url: URL) throws {
        let descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RunsError.system(errno, writing: url.path) }
        fsync(descriptor)
        close(descriptor)
    }

    /// Files and folders together: all are on their way before the first is waited for, which costs one wait instead of
    /// one for each.
    static func all(_ urls: [URL]) throws {
        var rest = urls.sorted { $0.path < $1.path }[...]
        while !rest.isEmpty {
            let some = rest.prefix(64)
            rest = rest.dropFirst(64)
            var files: [(descriptor: Int32, path: String)] = []
            defer { for file in files { close(file.descriptor) } }
            for url in some {
                let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
                guard descriptor >= 0 else { throw RunsError.system(errno, writing: url.path) }
                files.append((descriptor, url.path))
                // A hint: where it is not known, the flush below does all the work.
                _ = startWriting?(descriptor, 0, 0, 2)
            }
            // A file system that cannot flush folders has made its own choice.
            for file in files where fsync(file.descriptor) != 0 && errno != EINVAL {
                throw RunsError.system(errno, writing: file.path)
            }
        }
    }

    /// Linux's `sync_file_range`, which the C library's header shows to GNU programs only; 2 begins to write.
    private static let startWriting: (@convention(c) (Int32, Int64, Int64, UInt32) -> Int32)? =
        dlsym(nil, "sync_file_range").map {
            unsafeBitCast($0, to: (@convention(c) (Int32, Int64, Int64, UInt32) -> Int32).self)
        }

    private static func flush(_ url: URL, _ flags: Int32) throws {
        let descriptor = open(url.path, flags)
        guard descriptor >= 0 else { throw RunsError.system(errno, writing: url.path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw RunsError.system(errno, writing: url.path) }
    }
}

/// The end of a file of lines that a kill may have left torn.
enum LineTail {
    /// Whether byte `length` stands behind a whole line.
    static func endsLine(_ url: URL, at length: Int) throws -> Bool {
        if length == 0 { return true }
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var byte: UInt8 = 0
        return pread(descriptor, &byte, 1, off_t(length - 1)) == 1 && byte == 0x0A
    }

    /// The last whole line without its newline, or `nil`; lines longer than 64 KiB count as none.
    static func last(_ url: URL) -> Data? {
        guard let tail = read(url) else { return nil }
        let whole = tail.bytes.prefix(tail.whole)
        guard whole.last == 0x0A else { return nil }
        let line = whole.dropLast()
        let start = line.lastIndex(of: 0x0A).map { $0 + 1 } ?? line.startIndex
        return Data(line[start...])
    }

    /// Cuts a torn last line off.
    static func cut(_ url: URL) throws {
        guard let tail = read(url), tail.whole < tail.bytes.count else { return }
        try truncate(url, to: tail.offset + tail.whole)
    }

    static func truncate(_ url: URL, to length: Int) throws {
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw RunsError.system(errno, writing: url.path) }
        defer { close(descriptor) }
        guard ftruncate(descriptor, off_t(length)) == 0, fsync(descriptor) == 0 else {
            throw RunsError.system(errno, writing: url.path)
        }
    }

    /// The last 64 KiB, where they begin, and how many bytes of them are whole lines.
    private static func read(_ url: URL) -> (bytes: [UInt8], offset: Int, whole: Int)? {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let end = Int(lseek(descriptor, 0, SEEK_END))
        let offset = max(0, end - 1 << 16)
        var bytes = [UInt8](repeating: 0, count: end - offset)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
        guard count == bytes.count else { return nil }
        return (bytes, offset, bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
    }
}
