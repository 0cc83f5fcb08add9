import Foundation

/// The user block in front of an HDF5 file: one line with the SHA-256 of all that follows, padded to 512 bytes.
enum HDF5Seal {
    static let length = 512
    private static let start = "lab-hdf5 1 sha256 "
    private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    static func block(for image: Data) -> Data { block(digest: Digest.sha256(image)) }

    static func block(digest: String) -> Data {
        var block = Data("\(start)\(digest)\n".utf8)
        block.append(Data(count: length - block.count))
        return block
    }

    /// The place where the HDF5 data begins: 512 after a seal that fits, 0 in a file of another program.
    static func verifiedOffset(of url: URL) throws -> Int {
        let head = try head(of: url)
        if head.starts(with: signature) { return 0 }
        guard head.count == length + signature.count, head.suffix(signature.count).elementsEqual(signature) else {
            throw StorageError.damaged(path: url.path, reason: "it does not begin as an HDF5 file does")
        }
        let line = Data(start.utf8)
        guard head.starts(with: line) else {
            throw StorageError.damaged(path: url.path, reason: "its first 512 bytes are not a seal of this program")
        }
        let expected = String(decoding: head.dropFirst(line.count).prefix(64), as: UTF8.self)
        let padding = head.dropFirst(line.count + 64).prefix(length - line.count - 64)
        guard padding.first == 10, padding.dropFirst().allSatisfy({ $0 == 0 }) else {
            throw StorageError.damaged(path: url.path, reason: "its seal is damaged")
        }
        let found = try Digest.sha256(file: url, from: length)
        guard found == expected else {
            throw StorageError.damaged(
                path: url.path, reason: "its content has SHA-256 \(found), its seal says \(expected)")
        }
        return length
    }

    private static func head(of url: URL) throws -> Data {
        let descriptor = Foundation.open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError.system(errno, path: url.path, writing: false) }
        defer { Foundation.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: length + signature.count)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw StorageError.system(errno, path: url.path, writing: false) }
        return Data(bytes.prefix(count))
    }
}
