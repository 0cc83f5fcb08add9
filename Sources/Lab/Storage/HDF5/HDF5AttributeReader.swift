import CHDF5
import Foundation

/// Reads one open attribute; its identifiers belong to the caller.
struct HDF5AttributeReader {
    let file: String
    let name: String
    let attribute: hid_t
    let type: hid_t
    let space: hid_t
    let count: Int
    let isScalar: Bool

    func value() throws -> HDF5Attribute {
        let stored = HDF5StoredType(type)
        switch stored.kind {
        case .string:
            let texts = try stored.isVariableText ? variableStrings() : fixedStrings(width: stored.width)
            if isScalar, let text = texts.first { return .string(text) }
            return .strings(texts)
        case .float32, .float64:
            let numbers = try numbers(Double.self)
            if isScalar, let number = numbers.first { return .double(number) }
            return .doubles(numbers)
        case .bool:
            let flags = try Bool.unpack(count: count, width: 1) { bytes in
                try read(into: bytes, memory: type)
            }
            if isScalar, let flag = flags.first { return .boolean(flag) }
            return .integers(flags.map { $0 ? 1 : 0 })
        case .int32, .int64, .uint8:
            return try integers()
        case nil:
            guard H5Tget_class(type) == H5T_INTEGER else {
                throw StorageError.wrongType(file: file, name: name, wanted: "an attribute", found: stored.description)
            }
            return try integers()
        }
    }

    private func integers() throws -> HDF5Attribute {
        let numbers = try numbers(Int64.self)
        if isScalar, let number = numbers.first { return .integer(number) }
        return .integers(numbers)
    }

    private func numbers<Number: HDF5Number>(_ number: Number.Type) throws -> [Number] {
        let memory = try HDF5Type.memory(Number.hdf5Kind, width: 8, file: file)
        return try Number.unpack(count: count, width: 8) { bytes in try read(into: bytes, memory: memory.id) }
    }

    private func fixedStrings(width: Int) throws -> [String] {
        try String.unpack(count: count, width: width) { bytes in try read(into: bytes, memory: type) }
    }

    private func variableStrings() throws -> [String] {
        guard count > 0 else { return [] }
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        try HDF5Library.check(H5Aread(attribute, type, &pointers), file: file, doing: "read the attribute \(name)")
        defer { H5Dvlen_reclaim(type, space, lab_h5_default(), &pointers) }
        return pointers.map { pointer in pointer.map { String(cString: $0) } ?? "" }
    }

    private func read(into bytes: UnsafeMutableRawPointer, memory: hid_t) throws {
        try HDF5Library.check(H5Aread(attribute, memory, bytes), file: file, doing: "read the attribute \(name)")
    }
}
