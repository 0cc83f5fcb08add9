import Foundation

/// The first 48 bytes of an HDF5 file of superblock version 2.
enum HDF5Superblock {
    private static let flagsOffset = 11
    private static let checksumOffset = 44

    /// Makes the check sum of a file image fit.
    ///
    /// libhdf5 1.10 clears the "open for writing" flag of an image that it hands out but leaves the check sum that was
    /// computed with the flag, and then refuses to open its own image.
    static func repair(_ image: inout Data) {
        guard image.count >= checksumOffset + 4, image[image.startIndex + 8] == 2 else { return }
        let start = image.startIndex
        image[start + flagsOffset] = 0
        let sum = checksum(Array(image[start..<(start + checksumOffset)]))
        for byte in 0..<4 { image[start + checksumOffset + byte] = UInt8(truncatingIfNeeded: sum >> (8 * byte)) }
    }

    /// Bob Jenkins' lookup3 `hashlittle` with initial value 0, for a length that is a multiple of 4 and not of 12.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        let words = stride(from: 0, to: bytes.count, by: 4).map { index in
            UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
                | UInt32(bytes[index + 3]) << 24
        }
        var a = 0xDEAD_BEEF &+ UInt32(bytes.count)
        var b = a
        var c = a
        func turned(_ x: UInt32, _ k: UInt32) -> UInt32 { x << k | x >> (32 - k) }
        var position = 0
        while words.count - position > 3 {
            a &+= words[position]
            b &+= words[position + 1]
            c &+= words[position + 2]
            a &-= c; a ^= turned(c, 4); c &+= b
            b &-= a; b ^= turned(a, 6); a &+= c
            c &-= b; c ^= turned(b, 8); b &+= a
            a &-= c; a ^= turned(c, 16); c &+= b
            b &-= a; b ^= turned(a, 19); a &+= c
            c &-= b; c ^= turned(b, 4); b &+= a
            position += 3
        }
        let rest = words[position...]
        a &+= rest.first ?? 0
        b &+= rest.dropFirst().first ?? 0
        c &+= rest.dropFirst(2).first ?? 0
        c ^= b; c &-= turned(b, 14)
        a ^= c; a &-= turned(c, 11)
        b ^= a; b &-= turned(a, 25)
        c ^= b; c &-= turned(b, 16)
        a ^= c; a &-= turned(c, 4)
        b ^= a; b &-= turned(a, 14)
        c ^= b; c &-= turned(b, 24)
        return c
    }
}
