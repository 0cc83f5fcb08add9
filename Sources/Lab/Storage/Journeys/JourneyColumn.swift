/// One dataset of a journey file while it is written: whole chunks go to the file, the rest waits.
///
/// A chunk is never written twice, so that a compressed file has no holes.
struct JourneyColumn {
    let path: String
    /// Values in a row.
    let width: Int
    let chunkRows: Int
    private var pending: HDF5Values

    /// Makes the dataset, empty, for values like the given ones.
    init(_ path: String, like values: HDF5Values, width: Int, isMatrix: Bool, in file: HDF5File) throws {
        self.path = path
        self.width = width
        let shape = isMatrix ? [width] : []
        chunkRows = HDF5File.chunk(for: [Int.max] + shape, width: values.bytesPerValue)[0]
        pending = values[0..<0]
        try file.makeExtensible(
            path, like: values, rowShape: shape, chunkRows: chunkRows, compression: .deflate(level: 1))
    }

    mutating func append(_ values: HDF5Values) { pending.append(values) }

    /// Writes the whole chunks that wait, and with `all` the rest as well.
    mutating func flush(_ file: HDF5File, all: Bool = false) throws {
        let rows = pending.count / width
        let ready = all ? rows : rows - rows % chunkRows
        guard ready > 0 else { return }
        try file.append(path, any: pending[0..<ready * width])
        pending = pending[ready * width..<pending.count]
    }
}

extension HDF5Values {
    var bytesPerValue: Int {
        switch self {
        case .floats, .int32s: 4
        case .doubles, .int64s: 8
        case .bytes, .flags: 1
        case .texts(let values): String.packedWidth(of: values)
        }
    }
}
