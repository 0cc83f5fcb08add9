import Foundation

/// Bytes of a file, read in blocks, so that a file larger than memory can be gone through.
final class ByteSource {
    let path: String
    private let descriptor: Int32
    private var block: [UInt8]
    private var position = 0
    private var filled = 0

    init(_ url: URL, blockSize: Int = 1 << 18) throws {
        path = url.path
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError.system(errno, path: url.path, writing: false) }
        block = [UInt8](repeating: 0, count: blockSize)
    }

    deinit { close(descriptor) }

    /// The next byte without taking it, or `nil` at the end.
    func peek() throws -> UInt8? {
        if position == filled { try refill() }
        return position < filled ? block[position] : nil
    }

    /// Takes the next byte, or gives `nil` at the end.
    func next() throws -> UInt8? {
        if position == filled { try refill() }
        guard position < filled else { return nil }
        defer { position += 1 }
        return block[position]
    }

    /// Takes the bytes up to one of the two stop bytes, which is not taken; at least what the block holds.
    func takeRun(until first: UInt8, _ second: UInt8, _ third: UInt8, into bytes: inout [UInt8]) throws {
        if position == filled { try refill() }
        var end = position
        while end < filled, block[end] != first, block[end] != second, block[end] != third { end += 1 }
        bytes.append(contentsOf: block[position..<end])
        position = end
    }

    /// Leaves out the byte order mark that some programs write before UTF-8.
    func skipByteOrderMark() throws {
        if position == filled { try refill() }
        if filled - position >= 3, block[position] == 0xEF, block[position + 1] == 0xBB, block[position + 2] == 0xBF {
            position += 3
        }
    }

    private func refill() throws {
        position = 0
        filled = 0
        while true {
            let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                filled = count
                return
            }
            guard errno == EINTR else { throw StorageError.system(errno, path: path, writing: false) }
        }
    }
}

/// Bytes as text; `nil` if they are not UTF-8 or hold a zero byte, which no text file should.
func strictText(_ bytes: [UInt8]) -> String? {
    guard !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
}
