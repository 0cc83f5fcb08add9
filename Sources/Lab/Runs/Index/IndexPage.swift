import Foundation

/// The values of one field for 256 runs, as one row of the index holds them.
///
/// Layout, little-endian: 256 kinds; the number of texts (2 bytes) and each with its length (4 bytes); for every value in
/// order 8 bytes of number or 2 bytes of the text's place; a check over all of it, the field's name and the page's number
/// (8 bytes). The check is why bytes that changed on disk are never taken for values.
enum IndexPage {
    static let size = 256

    static func encode(_ values: [RunValue], field: String, page: Int) -> Data {
        var kinds = [UInt8](repeating: Column.Kind.missing, count: size)
        var texts: [String] = []
        var places: [String: UInt16] = [:]
        var content: [UInt8] = []
        func place(_ text: String) -> [UInt8] {
            let code = places[text] ?? UInt16(texts.count)
            if places.updateValue(code, forKey: text) == nil { texts.append(text) }
            return bytes(code)
        }
        for (slot, value) in values.prefix(size).enumerated() {
            switch value {
            case .missing: break
            case .number(let number):
                kinds[slot] = Column.Kind.number
                content += bytes(number.bitPattern)
            case .bool(let bool):
                kinds[slot] = Column.Kind.bool
                content += bytes(Double(bool ? 1 : 0).bitPattern)
            case .text(let text):
                kinds[slot] = Column.Kind.text
                content += place(text)
            case .whole(let digits):
                kinds[slot] = Column.Kind.whole
                content += place(digits)
            }
        }
        var data = Data(kinds)
        data.append(contentsOf: bytes(UInt16(texts.count)))
        for text in texts {
            let utf8 = Array(text.utf8)
            data.append(contentsOf: bytes(UInt32(utf8.count)))
            data.append(contentsOf: utf8)
        }
        data.append(contentsOf: content)
        data.append(contentsOf: bytes(data.withUnsafeBytes { check($0, field: field, page: page) }))
        return data
    }

    /// Puts a page's 256 values behind a column's; throws `IndexProblem.damaged` where they are not what was written.
    static func decode(_ data: UnsafeRawBufferPointer, field: String, page: Int, into column: inout Column) throws {
        guard data.count >= size + 10 else { throw IndexProblem.damaged("page \(page) of \(field) is too short") }
        let body = UnsafeRawBufferPointer(rebasing: data[..<(data.count - 8)])
        let stored = UInt64(littleEndian: data.loadUnaligned(fromByteOffset: data.count - 8, as: UInt64.self))
        guard stored == check(body, field: field, page: page) else {
            throw IndexProblem.damaged("page \(page) of \(field) does not match its check")
        }
        var offset = size
        let count = UInt16(littleEndian: body.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
        offset += 2
        var codes: [Int32] = []
        for _ in 0..<count {
            let length = Int(UInt32(littleEndian: body.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            offset += 4
            codes.append(column.intern(String(decoding: body[offset..<(offset + length)], as: UTF8.self)))
            offset += length
        }
        for slot in 0..<size {
            switch body[slot] {
            case Column.Kind.number, Column.Kind.bool:
                let bits = UInt64(littleEndian: body.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                column.append(body[slot], Double(bitPattern: bits))
                offset += 8
            case Column.Kind.text, Column.Kind.whole:
                let code = UInt16(littleEndian: body.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
                let text = codes[Int(code)]
                let number = body[slot] == Column.Kind.whole ? Double(column.strings[Int(text)]) ?? .nan : 0
                column.append(body[slot], number, code: text)
                offset += 2
            default: column.append(Column.Kind.missing)
            }
        }
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian, Array.init)
    }

    /// A 64-bit mix of the bytes: finds accidents, not forgers.
    static func check(_ body: UnsafeRawBufferPointer, field: String, page: Int) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(page)
        func mix(_ word: UInt64) {
            hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
        }
        for byte in field.utf8 { mix(UInt64(byte)) }
        var offset = 0
        while offset + 8 <= body.count {
            mix(UInt64(littleEndian: body.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        while offset < body.count {
            mix(UInt64(body[offset]))
            offset += 1
        }
        return hash ^ UInt64(body.count)
    }
}
