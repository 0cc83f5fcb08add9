import CHDF5
import Foundation

extension HDF5File {
    /// Makes an empty dataset that can grow in its first dimension.
    ///
    /// - Parameters:
    ///   - rowShape: the shape of one row; `[]` for a column of single values.
    ///   - textWidth: for `String`, the greatest number of UTF-8 bytes of a value.
    ///   - chunkRows: how many rows are stored together; chosen to make about 256 KiB when not given.
    public func makeExtensible<Element: HDF5Element>(
        _ path: String, of element: Element.Type, rowShape: [Int] = [], textWidth: Int = 1, chunkRows: Int? = nil,
        compression: HDF5Compression = .none
    ) throws {
        try withFile(writing: true) { file in
            let width = Element.hdf5Kind == .string ? max(1, textWidth) : Element.packedWidth(of: [])
            let type = try HDF5Type.stored(Element.hdf5Kind, width: width, file: url.path)
            let maximum = [lab_h5_unlimited()] + rowShape.map { hsize_t($0) }
            let space = try dataspace([0] + rowShape, maximum: maximum)
            let whole = Self.chunk(for: [Int.max] + rowShape, width: width)
            let layout = try layout(chunk: [chunkRows ?? whole[0]] + rowShape, compression: compression)
            try makeParents(of: path, in: file)
            _ = try HDF5Handle(
                H5Dcreate2(file, path, type.id, space.id, lab_h5_default(), layout.id, lab_h5_default()),
                closedBy: H5Dclose, file: url.path, doing: "create \(path)")
        }
    }

    /// Adds whole rows at the end of a dataset that `makeExtensible` made.
    public func append<Element: HDF5Element>(_ path: String, _ values: [Element]) throws {
        try withFile(writing: true) { file in
            let dataset = try open(dataset: path, in: file)
            let type = try HDF5Handle(
                H5Dget_type(dataset.id), closedBy: H5Tclose, file: url.path, doing: "read the type of \(path)")
            let stored = HDF5StoredType(type.id)
            guard stored.kind == Element.hdf5Kind, !stored.isVariableText else {
                throw StorageError.wrongType(
                    file: url.path, name: path, wanted: Element.hdf5Kind.rawValue, found: stored.description)
            }
            if Element.hdf5Kind == .string, Element.packedWidth(of: values) > stored.width {
                throw StorageError.wrongShape(
                    file: url.path, name: path, wanted: "texts of at most \(stored.width) bytes",
                    found: "\(Element.packedWidth(of: values)) bytes")
            }
            let shape = try shape(dataset: dataset.id, path)
            let row = shape.dropFirst().reduce(1, *)
            guard !shape.isEmpty, row > 0, values.count % row == 0 else {
                throw StorageError.wrongShape(
                    file: url.path, name: path, wanted: "whole rows of \(row) values", found: "\(values.count) values")
            }
            guard !values.isEmpty else { return }
            let added = [values.count / row] + shape.dropFirst()
            let extended = [shape[0] + added[0]] + shape.dropFirst()
            try HDF5Library.check(
                H5Dset_extent(dataset.id, extended.map { hsize_t($0) }), file: url.path, doing: "extend \(path)")
            let space = try HDF5Handle(
                H5Dget_space(dataset.id), closedBy: H5Sclose, file: url.path, doing: "read the shape of \(path)")
            let start = [hsize_t(shape[0])] + shape.dropFirst().map { _ in hsize_t(0) }
            try HDF5Library.check(
                H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, added.map { hsize_t($0) }, nil),
                file: url.path, doing: "select rows of \(path)")
            let source = try dataspace(added, maximum: nil)
            let memory = try HDF5Type.memory(Element.hdf5Kind, width: stored.width, file: url.path)
            try Element.withPacked(values, width: stored.width) { bytes in
                try HDF5Library.check(
                    H5Dwrite(dataset.id, memory.id, source.id, space.id, lab_h5_default(), bytes), file: url.path,
                    doing: "append to \(path)")
            }
        }
    }
}

extension HDF5File {
    /// Makes an empty dataset that can grow, of the kind of some values; texts have no width of their own and are refused.
    func makeExtensible(
        _ path: String, like values: HDF5Values, rowShape: [Int], chunkRows: Int, compression: HDF5Compression
    ) throws {
        func make<Element: HDF5Element>(_ element: Element.Type) throws {
            try makeExtensible(
                path, of: element, rowShape: rowShape, chunkRows: chunkRows, compression: compression)
        }
        switch values.kind {
        case .float32: try make(Float.self)
        case .float64: try make(Double.self)
        case .int32: try make(Int32.self)
        case .int64: try make(Int64.self)
        case .uint8: try make(UInt8.self)
        case .bool: try make(Bool.self)
        case .string:
            throw StorageError.wrongType(file: url.path, name: path, wanted: "numbers or flags", found: "text")
        }
    }

    /// Adds whole rows of any kind at the end of a dataset.
    func append(_ path: String, any values: HDF5Values) throws {
        switch values {
        case .floats(let values): try append(path, values)
        case .doubles(let values): try append(path, values)
        case .int32s(let values): try append(path, values)
        case .int64s(let values): try append(path, values)
        case .bytes(let values): try append(path, values)
        case .flags(let values): try append(path, values)
        case .texts(let values): try append(path, values)
        }
    }
}
