import CHDF5
import Foundation

extension HDF5File {
    /// All values of a dataset in row-major order; `shape(of:)` says how they are arranged.
    ///
    /// Integers may be read as wider ones and floats as either width; anything else throws `.wrongType`.
    public func read<Element: HDF5Element>(_ path: String, as element: Element.Type) throws -> [Element] {
        try read(path, as: element, selecting: nil)
    }

    /// The rows `rows` of a dataset, that is the part of its first dimension, in row-major order.
    public func read<Element: HDF5Element>(
        _ path: String, as element: Element.Type, rows: Range<Int>
    ) throws -> [Element] {
        try read(path, as: element, selecting: rows)
    }

    /// The extent of a dataset in each dimension; empty for a scalar.
    public func shape(of path: String) throws -> [Int] {
        try withFile { file in
            let dataset = try open(dataset: path, in: file)
            return try shape(dataset: dataset.id, path)
        }
    }

    /// What a dataset holds, `nil` if it is of a type that cannot be read here.
    public func kind(of path: String) throws -> HDF5Kind? {
        try withFile { file in
            let dataset = try open(dataset: path, in: file)
            let type = try HDF5Handle(
                H5Dget_type(dataset.id), closedBy: H5Tclose, file: url.path, doing: "read the type of \(path)")
            return HDF5StoredType(type.id).kind
        }
    }

    private func read<Element: HDF5Element>(
        _ path: String, as element: Element.Type, selecting rows: Range<Int>?
    ) throws -> [Element] {
        try withFile { file in
            let dataset = try open(dataset: path, in: file)
            let type = try HDF5Handle(
                H5Dget_type(dataset.id), closedBy: H5Tclose, file: url.path, doing: "read the type of \(path)")
            let stored = HDF5StoredType(type.id)
            guard stored.converts(to: Element.hdf5Kind) else {
                throw StorageError.wrongType(
                    file: url.path, name: path, wanted: Element.hdf5Kind.rawValue, found: stored.description)
            }
            var shape = try shape(dataset: dataset.id, path)
            let space = try HDF5Handle(
                H5Dget_space(dataset.id), closedBy: H5Sclose, file: url.path, doing: "read the shape of \(path)")
            if let rows {
                guard let count = shape.first, rows.lowerBound >= 0, rows.upperBound <= count else {
                    throw StorageError.wrongShape(
                        file: url.path, name: path, wanted: "rows \(rows)", found: "\(shape)")
                }
                let start = [hsize_t(rows.lowerBound)] + shape.dropFirst().map { _ in hsize_t(0) }
                shape[0] = rows.count
                try HDF5Library.check(
                    H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, shape.map { hsize_t($0) }, nil),
                    file: url.path, doing: "select rows of \(path)")
            }
            let count = try count(shape, width: max(stored.width, MemoryLayout<Element>.stride), path)
            guard count > 0 else { return [] }
            let target = try dataspace(shape, maximum: nil)
            if stored.isVariableText {
                let strings = try variableStrings(dataset.id, count: count, target: target.id, space: space.id, path)
                return strings.compactMap { $0 as? Element }
            }
            // Text keeps the type of the file: HDF5 does not convert between character sets.
            let memory =
                Element.hdf5Kind == .string
                ? try HDF5Handle(H5Tcopy(type.id), closedBy: H5Tclose, file: url.path, doing: "copy a data type")
                : try HDF5Type.memory(Element.hdf5Kind, width: stored.width, file: url.path)
            return try Element.unpack(count: count, width: stored.width) { bytes in
                try HDF5Library.check(
                    H5Dread(dataset.id, memory.id, target.id, space.id, lab_h5_default(), bytes), file: url.path,
                    doing: "read \(path)")
            }
        }
    }

    private func variableStrings(
        _ dataset: hid_t, count: Int, target: hid_t, space: hid_t, _ path: String
    ) throws -> [String] {
        let type = try HDF5Handle(
            H5Dget_type(dataset), closedBy: H5Tclose, file: url.path, doing: "read the type of \(path)")
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        try HDF5Library.check(
            H5Dread(dataset, type.id, target, space, lab_h5_default(), &pointers), file: url.path,
            doing: "read \(path)")
        defer { H5Dvlen_reclaim(type.id, target, lab_h5_default(), &pointers) }
        return pointers.map { pointer in pointer.map { String(cString: $0) } ?? "" }
    }

    func open(dataset path: String, in file: hid_t) throws -> HDF5Handle {
        guard exists(path, in: file) else {
            throw StorageError.noSuchObject(file: url.path, name: path, nearest: nearest(path, in: file))
        }
        return try HDF5Handle(
            H5Dopen2(file, path, lab_h5_default()), closedBy: H5Dclose, file: url.path, doing: "open \(path)")
    }

    func shape(dataset: hid_t, _ path: String) throws -> [Int] {
        let space = try HDF5Handle(
            H5Dget_space(dataset), closedBy: H5Sclose, file: url.path, doing: "read the shape of \(path)")
        let rank = H5Sget_simple_extent_ndims(space.id)
        try HDF5Library.check(rank, file: url.path, doing: "read the shape of \(path)")
        var dimensions = [hsize_t](repeating: 0, count: Int(rank))
        H5Sget_simple_extent_dims(space.id, &dimensions, nil)
        return dimensions.map { Int(clamping: $0) }
    }

    /// The number of values; a shape that no honest file of this size can have is refused before memory is asked for.
    private func count(_ shape: [Int], width: Int, _ path: String) throws -> Int {
        let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) ?? 0
        // Deflate never does better than 1 : 1032.
        let limit = max(1 << 26, size.multipliedReportingOverflow(by: 1100).partialValue)
        var count = 1
        var bytes = width
        for extent in shape {
            count = count.multipliedReportingOverflow(by: extent).partialValue
            let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= limit else {
                throw StorageError.damaged(path: url.path, reason: "\(path) claims the impossible shape \(shape)")
            }
            bytes = product
        }
        return count
    }
}
