/// A message in the wire format of protocol buffers, field by field.
///
/// Source: https://protobuf.dev/programming-guides/encoding.
package struct ProtocolBuffer {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// A whole number; negative ones take ten bytes, as `int64` wants it.
    package mutating func add(_ field: Int, integer value: Int) {
        tag(field, wire: 0)
        varint(UInt64(bitPattern: Int64(value)))
    }

    package mutating func add(_ field: Int, double value: Double) {
        tag(field, wire: 1)
        append(value.bitPattern)
    }

    package mutating func add(_ field: Int, float value: Float) {
        tag(field, wire: 5)
        append(value.bitPattern)
    }

    package mutating func add(_ field: Int, text: String) { add(field, bytes: Array(text.utf8)) }

    package mutating func add(_ field: Int, message: ProtocolBuffer) { add(field, bytes: message.bytes) }

    package mutating func add(_ field: Int, bytes value: [UInt8]) {
        tag(field, wire: 2)
        varint(UInt64(value.count))
        bytes += value
    }

    /// Whole numbers in one packed field; none leaves the field out.
    package mutating func add(_ field: Int, packed values: [Int64]) {
        guard !values.isEmpty else { return }
        var packed = ProtocolBuffer()
        for value in values { packed.varint(UInt64(bitPattern: value)) }
        add(field, bytes: packed.bytes)
    }

    /// 32-bit numbers in one packed field; none leaves the field out.
    package mutating func add(_ field: Int, packed values: [Float]) {
        guard !values.isEmpty else { return }
        var packed = ProtocolBuffer()
        for value in values { packed.append(value.bitPattern) }
        add(field, bytes: packed.bytes)
    }

    private mutating func tag(_ field: Int, wire: UInt64) { varint(UInt64(field) << 3 | wire) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
