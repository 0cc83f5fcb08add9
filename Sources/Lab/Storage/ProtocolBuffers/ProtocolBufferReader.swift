/// Reads a message in the wire format of protocol buffers field by field; whatever the bytes are, it ends with the last
/// field or an error, and never looks or allocates beyond them.
///
/// Source: https://protobuf.dev/programming-guides/encoding. Groups, which nobody writes any more, are refused.
package struct ProtocolBufferReader {
    /// One field as it stands; what its number means is for the caller to know.
    package struct Field {
        package let number: Int
        package let value: Value
        /// Where the field begins, counted from the start of the file.
        package let offset: Int
    }

    /// What a field holds, by its wire type.
    package enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        /// A text, a message or packed numbers; shares memory with the file.
        case bytes(ArraySlice<UInt8>)
        case fixed32(UInt32)
    }

    private let bytes: ArraySlice<UInt8>
    private var place: Int
    /// What errors call the file.
    package let file: String

    package init(_ bytes: ArraySlice<UInt8>, file: String) {
        self.bytes = bytes
        self.file = file
        place = bytes.startIndex
    }

    /// The error that the file is damaged, with the place where that was seen.
    package func damaged(_ reason: String, at offset: Int? = nil) -> StorageError {
        .damaged(path: file, reason: "\(reason) at byte \(offset ?? place)")
    }

    /// The next field, or `nil` at the end.
    ///
    /// Throws `StorageError.damaged` with the place.
    package mutating func next() throws -> Field? {
        guard place < bytes.endIndex else { return nil }
        let start = place
        let tag = try varint()
        let number = tag >> 3
        guard number > 0, number < 1 << 29 else { throw damaged("a field has the number \(number)", at: start) }
        let value: Value
        switch tag & 7 {
        case 0: value = .varint(try varint())
        case 1: value = .fixed64(try fixed(UInt64.self))
        case 2:
            let length = try varint()
            guard length <= UInt64(bytes.endIndex - place) else {
                throw damaged("a field of \(length) bytes goes beyond the end", at: start)
            }
            let end = place + Int(length)
            value = .bytes(bytes[place..<end])
            place = end
        case 5: value = .fixed32(try fixed(UInt32.self))
        default: throw damaged("a field has the wire type \(tag & 7)", at: start)
        }
        return Field(number: Int(number), value: value, offset: start)
    }

    var isAtEnd: Bool { place >= bytes.endIndex }

    mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        let start = place
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { break }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
            if shift > 63 { break }
        }
        throw damaged("a number has no end", at: start)
    }

    private mutating func fixed<Number: FixedWidthInteger>(_: Number.Type) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard bytes.endIndex - place >= size else { throw damaged("a number of \(size) bytes is cut off") }
        var value: Number = 0
        for byte in 0..<size { value |= Number(bytes[place + byte]) << Number(8 * byte) }
        place += size
        return value
    }
}
