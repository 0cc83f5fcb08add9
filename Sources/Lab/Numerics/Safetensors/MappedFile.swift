package import Foundation
import Glibc

/// Bytes of a file mapped read-only into memory, or of a copy.
package final class MappedFile: @unchecked Sendable {
    // Unchecked: the memory is never written after `init`, and freed only when nobody refers to it.
    package let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    package init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw NumericsError.fileUnavailable(path: path, reason: "not a regular file", isMissing: false)
        }
        let size = Int(status.st_size)
        isMapped = size > 0
        if size == 0 {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
        } else {
            guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
                throw Self.failure(path)
            }
            bytes = UnsafeRawBufferPointer(start: start, count: size)
        }
    }

    package init(copying data: Data) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: data.count, alignment: 8)
        data.copyBytes(to: copy)
        bytes = UnsafeRawBufferPointer(copy)
        isMapped = false
    }

    deinit {
        if isMapped, let start = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        } else {
            bytes.deallocate()
        }
    }

    private static func failure(_ path: String) -> NumericsError {
        let code = errno
        return .fileUnavailable(path: path, reason: String(cString: strerror(code)), isMissing: code == ENOENT)
    }
}
