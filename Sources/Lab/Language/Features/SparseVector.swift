/// Numbers of which nearly all are 0: what stands at which column.
public struct SparseVector: Sendable, Equatable {
    /// Ascending, each once.
    public let columns: [Int32]
    /// Shape [columns.count].
    public let values: [Float]

    /// Sums the values of equal columns; columns whose sum is 0 stay.
    public init(summing entries: [(column: Int32, value: Float)]) {
        var sorted = entries
        sorted.sort { $0.column < $1.column }
        var columns: [Int32] = []
        var values: [Float] = []
        columns.reserveCapacity(sorted.count)
        values.reserveCapacity(sorted.count)
        for (column, value) in sorted {
            if columns.last == column {
                values[values.count - 1] += value
            } else {
                columns.append(column)
                values.append(value)
            }
        }
        self.columns = columns
        self.values = values
    }

    init(columns: [Int32], values: [Float]) {
        self.columns = columns
        self.values = values
    }
}
