import Crypto
import Foundation

/// SHA-256 in lower-case hexadecimal.
enum Digests {
    static func sha256(_ data: some DataProtocol) -> String { hexadecimal(SHA256.hash(data: data)) }

    /// Read in pieces, so that large artifacts do not fill the memory.
    static func sha256(file: URL) throws -> String {
        try RunsError.reading(file.path) {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            var hash = SHA256()
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
            return hexadecimal(hash.finalize())
        }
    }

    private static func hexadecimal(_ digest: SHA256Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
