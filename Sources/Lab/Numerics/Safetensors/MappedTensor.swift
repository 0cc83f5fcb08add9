/// A tensor of 32-bit numbers that is read where it lies in a mapped file, which stays mapped as long as this lives.
public struct MappedTensor: Sendable {
    public let rows: Int
    public let columns: Int
    private let file: MappedFile
    private let start: Int

    init(file: MappedFile, start: Int, rows: Int, columns: Int) {
        (self.file, self.start, self.rows, self.columns) = (file, start, rows, columns)
    }

    /// Row-major [rows, columns], for as long as `body` runs.
    public func withElements<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + rows * columns * 4])
        return try body(bytes.bindMemory(to: Float.self))
    }
}

extension SafetensorsFile {
    /// An F32 tensor of two sides in place, without a copy: for tables of which few rows are read.
    ///
    /// - Returns: `nil` for a tensor of another type or number of sides, or one that does not begin at a multiple of 4 bytes.
    /// - Throws: `NumericsError.missingTensor`.
    public func mapped(_ name: String) throws -> MappedTensor? {
        let entry = try entry(name)
        let start = dataStart + entry.range.lowerBound
        guard entry.type == .float32, entry.shape.count == 2, start % 4 == 0 else { return nil }
        return MappedTensor(file: contents, start: start, rows: entry.shape[0], columns: entry.shape[1])
    }
}
