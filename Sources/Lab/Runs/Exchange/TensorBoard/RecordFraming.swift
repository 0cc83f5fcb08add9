/// Records of a TFRecord file: length, masked CRC-32C of the length, bytes, masked CRC-32C of the bytes.
///
/// Source: https://www.tensorflow.org/tutorials/load_data/tfrecord; CRC-32C is Castagnoli's polynomial (RFC 3720, B.4).
enum RecordFraming {
    /// Appends one record.
    static func append(_ record: [UInt8], to output: inout [UInt8]) {
        let length = withUnsafeBytes(of: UInt64(record.count).littleEndian) { Array($0) }
        output += length
        append(masked(length), to: &output)
        output += record
        append(masked(record), to: &output)
    }

    /// CRC-32C of the bytes.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }

    /// A checksum that may itself stand in data that is checked: rotated and shifted.
    private static func masked(_ bytes: [UInt8]) -> UInt32 {
        let sum = checksum(bytes)
        return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
    }

    private static func append(_ value: UInt32, to output: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
    }
}
