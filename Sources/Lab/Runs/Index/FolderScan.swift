import Foundation

/// Looks at folders with as few calls to the system as it takes.
enum FolderScan {
    /// The time of the last change of a folder's list of names, in nanoseconds; `nil` where it is gone.
    static func modified(_ path: String) -> Int64? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return nanoseconds(info.st_mtim)
    }

    /// Another number when another file or folder stands under the path, or when a folder's names changed.
    ///
    /// Made of inode and time of change, which nobody can set back; 0 where there is nothing.
    static func mark(_ path: String) -> Int64 {
        var info = stat()
        guard stat(path, &info) == 0 else { return 0 }
        return nanoseconds(info.st_ctim) ^ Int64(bitPattern: UInt64(info.st_ino)) << 20 | 1
    }

    /// The names in a folder; none where it is gone or a file.
    static func names(_ path: String) throws -> [String] {
        guard let stream = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw RunsError.cannotRead(path: path, problem: String(cString: strerror(errno)))
        }
        defer { closedir(stream) }
        var result: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { result.append(name) }
        }
        return result
    }

    /// Changes when one of the files that the index reads gets another size, time or inode.
    static func signature(_ folder: URL) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ word: Int64) { hash = (hash ^ UInt64(bitPattern: word)) &* 0x9E37_79B9_7F4A_7C15 ^ (hash >> 29) }
        for name in [
            RunFiles.record, RunFiles.configuration, RunFiles.metrics, RunFiles.evaluation, RunFiles.seal, RunFiles.log,
        ] {
            var info = stat()
            let found = stat(folder.path + "/" + name, &info) == 0
            mix(found ? Int64(info.st_size) : -1)
            mix(found ? nanoseconds(info.st_mtim) : -1)
            mix(found ? Int64(bitPattern: UInt64(info.st_ino)) : -1)
        }
        return Int64(bitPattern: hash)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
