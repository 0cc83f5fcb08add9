extension ProtocolBufferReader {
    /// The field as a whole number.
    package func integer(_ field: Field) throws -> Int64 {
        guard case .varint(let value) = field.value else { throw wrong(field, "a whole number") }
        return Int64(bitPattern: value)
    }

    /// The field as a 32-bit number.
    package func float(_ field: Field) throws -> Float {
        guard case .fixed32(let value) = field.value else { throw wrong(field, "a 32-bit number") }
        return Float(bitPattern: value)
    }

    /// The field's bytes, which share memory with the file.
    package func bytes(_ field: Field) throws -> ArraySlice<UInt8> {
        guard case .bytes(let value) = field.value else { throw wrong(field, "bytes") }
        return value
    }

    /// The field as text in UTF-8.
    package func text(_ field: Field) throws -> String {
        guard let text = String(validating: try bytes(field), as: UTF8.self) else {
            throw wrong(field, "text in UTF-8")
        }
        return text
    }

    /// The field as a message, to be read in turn.
    package func message(_ field: Field) throws -> ProtocolBufferReader {
        ProtocolBufferReader(try bytes(field), file: file)
    }

    /// Adds the field's whole numbers to `values`, one or packed.
    package func append(_ field: Field, to values: inout [Int64]) throws {
        if case .bytes(let packed) = field.value {
            var reader = ProtocolBufferReader(packed, file: file)
            while !reader.isAtEnd { values.append(Int64(bitPattern: try reader.varint())) }
        } else {
            values.append(try integer(field))
        }
    }

    /// Adds the field's 32-bit numbers to `values`, one or packed.
    package func append(_ field: Field, to values: inout [Float]) throws {
        guard case .bytes(let packed) = field.value else { return values.append(try float(field)) }
        guard let floats = Self.floats(packed) else { throw wrong(field, "32-bit numbers") }
        values += floats
    }

    /// Adds the field's 64-bit numbers to `values`, one or packed.
    package func append(_ field: Field, to values: inout [Double]) throws {
        switch field.value {
        case .fixed64(let value): values.append(Double(bitPattern: value))
        case .bytes(let packed):
            guard let doubles = Self.doubles(packed) else { throw wrong(field, "64-bit numbers") }
            values += doubles
        default: throw wrong(field, "a 64-bit number")
        }
    }

    /// Little-endian 32-bit numbers; `nil` where the bytes are no whole number of them.
    package static func floats(_ bytes: ArraySlice<UInt8>) -> [Float]? {
        elements(bytes, of: UInt32.self).map { $0.map { Float(bitPattern: $0) } }
    }

    /// Little-endian 64-bit numbers; `nil` where the bytes are no whole number of them.
    package static func doubles(_ bytes: ArraySlice<UInt8>) -> [Double]? {
        elements(bytes, of: UInt64.self).map { $0.map { Double(bitPattern: $0) } }
    }

    /// Little-endian integers; `nil` where the bytes are no whole number of them.
    package static func elements<Number: FixedWidthInteger>(
        _ bytes: ArraySlice<UInt8>, of _: Number.Type
    ) -> [Number]? {
        let size = MemoryLayout<Number>.size
        guard bytes.count.isMultiple(of: size) else { return nil }
        return bytes.withUnsafeBytes { raw in
            (0..<bytes.count / size).map {
                Number(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * size, as: Number.self))
            }
        }
    }

    private func wrong(_ field: Field, _ wanted: String) -> StorageError {
        damaged("field \(field.number) is not \(wanted)", at: field.offset)
    }
}
