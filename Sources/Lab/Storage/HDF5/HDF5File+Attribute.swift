import CHDF5
import Foundation

extension HDF5File {
    /// Sets an attribute of a group or dataset (`/`: of the file), replacing one of the same name.
    public func setAttribute(_ name: String, _ value: HDF5Attribute, on path: String = "/") throws {
        try withFile(writing: true) { file in
            let object = try open(object: path, in: file)
            if H5Aexists(object.id, name) > 0 { H5Adelete(object.id, name) }
            switch value {
            case .string(let text): try write(strings: [text], shape: [], name, on: object.id)
            case .strings(let texts): try write(strings: texts, shape: [texts.count], name, on: object.id)
            case .integer(let number): try write([number], shape: [], name, on: object.id)
            case .integers(let numbers): try write(numbers, shape: [numbers.count], name, on: object.id)
            case .double(let number): try write([number], shape: [], name, on: object.id)
            case .doubles(let numbers): try write(numbers, shape: [numbers.count], name, on: object.id)
            case .boolean(let flag): try write([flag], shape: [], name, on: object.id)
            }
        }
    }

    /// The value of an attribute; throws `.noSuchObject` if there is none.
    public func attribute(_ name: String, on path: String = "/") throws -> HDF5Attribute {
        try withFile { file in
            let object = try open(object: path, in: file)
            guard H5Aexists(object.id, name) > 0 else {
                throw StorageError.noSuchObject(file: url.path, name: "\(path)@\(name)", nearest: nil)
            }
            return try value(of: name, on: object.id)
        }
    }

    /// Whether an object has an attribute of this name.
    public func hasAttribute(_ name: String, on path: String = "/") throws -> Bool {
        try withFile { file in
            let object = try open(object: path, in: file)
            return H5Aexists(object.id, name) > 0
        }
    }

    /// The names of an object's attributes, sorted by their UTF-8 bytes.
    public func attributeNames(on path: String = "/") throws -> [String] {
        try withFile { file in
            let object = try open(object: path, in: file)
            let count = lab_h5_attribute_count(object.id)
            guard count >= 0 else { throw HDF5Library.failure(file: url.path, doing: "list the attributes of \(path)") }
            var names: [String] = []
            for index in 0..<hsize_t(count) {
                var text = [CChar](repeating: 0, count: 1024)
                let length = H5Aget_name_by_idx(
                    object.id, ".", H5_INDEX_NAME, H5_ITER_INC, index, &text, text.count, lab_h5_default())
                guard length >= 0 else {
                    throw HDF5Library.failure(file: url.path, doing: "list the attributes of \(path)")
                }
                names.append(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            }
            return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    private func open(object path: String, in file: hid_t) throws -> HDF5Handle {
        guard exists(path, in: file) else {
            throw StorageError.noSuchObject(file: url.path, name: path, nearest: nearest(path, in: file))
        }
        return try HDF5Handle(
            lab_h5_open_object(file, path), closedBy: H5Oclose, file: url.path, doing: "open \(path)")
    }

    private func write<Element: HDF5Element>(
        _ values: [Element], shape: [Int], _ name: String, on object: hid_t
    ) throws {
        let type = try HDF5Type.stored(Element.hdf5Kind, width: 1, file: url.path)
        let memory = try HDF5Type.memory(Element.hdf5Kind, width: 1, file: url.path)
        let attribute = try create(name, type: type.id, shape: shape, on: object)
        try Element.withPacked(values, width: 1) { bytes in
            try HDF5Library.check(
                H5Awrite(attribute.id, memory.id, bytes), file: url.path, doing: "write the attribute \(name)")
        }
    }

    private func write(strings: [String], shape: [Int], _ name: String, on object: hid_t) throws {
        let type = try HDF5Type.variableText(file: url.path)
        let attribute = try create(name, type: type.id, shape: shape, on: object)
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        try HDF5Library.check(
            H5Awrite(attribute.id, type.id, copies), file: url.path, doing: "write the attribute \(name)")
    }

    private func create(_ name: String, type: hid_t, shape: [Int], on object: hid_t) throws -> HDF5Handle {
        let space = try dataspace(shape, maximum: nil)
        return try HDF5Handle(
            H5Acreate2(object, name, type, space.id, lab_h5_default(), lab_h5_default()), closedBy: H5Aclose,
            file: url.path, doing: "make the attribute \(name)")
    }

    private func value(of name: String, on object: hid_t) throws -> HDF5Attribute {
        let attribute = try HDF5Handle(
            H5Aopen(object, name, lab_h5_default()), closedBy: H5Aclose, file: url.path,
            doing: "open the attribute \(name)")
        let type = try HDF5Handle(
            H5Aget_type(attribute.id), closedBy: H5Tclose, file: url.path, doing: "read the attribute \(name)")
        let space = try HDF5Handle(
            H5Aget_space(attribute.id), closedBy: H5Sclose, file: url.path, doing: "read the attribute \(name)")
        let count = Int(H5Sget_simple_extent_npoints(space.id))
        let isScalar = H5Sget_simple_extent_type(space.id) == H5S_SCALAR
        guard (0...(1 << 20)).contains(count), H5Tget_size(type.id) <= 1 << 20 else {
            throw StorageError.damaged(path: url.path, reason: "the attribute \(name) claims \(count) values")
        }
        return try HDF5AttributeReader(
            file: url.path, name: name, attribute: attribute.id, type: type.id, space: space.id, count: count,
            isScalar: isScalar
        ).value()
    }
}
