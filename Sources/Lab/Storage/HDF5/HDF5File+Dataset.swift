import CHDF5
import Foundation

/// How a dataset's bytes are made smaller.
public enum HDF5Compression: Sendable, Equatable {
    case none
    /// Bytes of equal rank put together (`shuffle`), then deflate at a level from 1 (fast) to 9 (small).
    case deflate(level: Int)
}

extension HDF5File {
    /// Writes a new dataset of `shape` (default: one dimension; `[]` is a scalar), in row-major order.
    ///
    /// - Parameters:
    ///   - path: its name; groups on the way are made as needed.
    ///   - chunk: the shape of the pieces that are stored together; chosen when compression is asked for without it.
    public func write<Element: HDF5Element>(
        _ path: String, _ values: [Element], shape: [Int]? = nil, chunk: [Int]? = nil,
        compression: HDF5Compression = .none
    ) throws {
        let shape = shape ?? [values.count]
        guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == values.count else {
            throw StorageError.wrongShape(
                file: url.path, name: path, wanted: "\(values.count) values", found: "\(shape)")
        }
        try withFile(writing: true) { file in
            let width = Element.packedWidth(of: values)
            let type = try HDF5Type.stored(Element.hdf5Kind, width: width, file: url.path)
            let memory = try HDF5Type.memory(Element.hdf5Kind, width: width, file: url.path)
            let space = try dataspace(shape, maximum: nil)
            var pieces = chunk
            if pieces == nil, compression != .none, !shape.isEmpty, !values.isEmpty {
                pieces = Self.chunk(for: shape, width: width)
            }
            let layout = try layout(chunk: pieces, compression: compression)
            try makeParents(of: path, in: file)
            let dataset = try HDF5Handle(
                H5Dcreate2(file, path, type.id, space.id, lab_h5_default(), layout.id, lab_h5_default()),
                closedBy: H5Dclose, file: url.path, doing: "create \(path)")
            guard !values.isEmpty else { return }
            try Element.withPacked(values, width: width) { bytes in
                try HDF5Library.check(
                    H5Dwrite(dataset.id, memory.id, lab_h5_all(), lab_h5_all(), lab_h5_default(), bytes),
                    file: url.path, doing: "write \(path)")
            }
        }
    }

    func dataspace(_ shape: [Int], maximum: [hsize_t]?) throws -> HDF5Handle {
        let id =
            shape.isEmpty
            ? H5Screate(H5S_SCALAR)
            : H5Screate_simple(Int32(shape.count), shape.map { hsize_t($0) }, maximum)
        return try HDF5Handle(id, closedBy: H5Sclose, file: url.path, doing: "make the shape \(shape)")
    }

    func layout(chunk: [Int]?, compression: HDF5Compression) throws -> HDF5Handle {
        let layout = try HDF5Handle(
            H5Pcreate(lab_h5_dataset_create()), closedBy: H5Pclose, file: url.path, doing: "make a property list")
        H5Pset_obj_track_times(layout.id, false)
        if let chunk {
            try HDF5Library.check(
                H5Pset_chunk(layout.id, Int32(chunk.count), chunk.map { hsize_t(max(1, $0)) }), file: url.path,
                doing: "set the chunk \(chunk)")
            if case .deflate(let level) = compression {
                H5Pset_shuffle(layout.id)
                H5Pset_deflate(layout.id, UInt32(min(9, max(1, level))))
            }
        }
        return layout
    }

    /// Whole rows, as many as make about 256 KiB.
    static func chunk(for shape: [Int], width: Int) -> [Int] {
        let row = max(1, shape.dropFirst().reduce(width, *))
        return [min(max(1, shape[0]), max(1, (1 << 18) / row))] + shape.dropFirst()
    }
}
