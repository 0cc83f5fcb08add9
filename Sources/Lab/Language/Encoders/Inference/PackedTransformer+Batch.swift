import LabNumerics

extension PackedTransformer {
    /// The ids of texts that are computed together, and where their rows lie.
    struct Batch {
        let ids: [[Int32]]
        let rows: [Range<Int>]

        init(_ ids: [[Int32]]) {
            self.ids = ids
            var start = 0
            rows = ids.map { text in
                defer { start += text.count }
                return start..<start + text.count
            }
        }

        var tokens: Int { rows.last?.upperBound ?? 0 }
        var longest: Int { rows.reduce(0) { max($0, $1.count) } }

        /// Writes one row for each text, `stride` numbers apart.
        func pool(
            _ tokens: UnsafePointer<Float>, by pooling: Pooling, width: Int, to out: UnsafeMutablePointer<Float>,
            stride: Int
        ) {
            for (text, rows) in rows.enumerated() {
                pooling.row(
                    tokens + rows.lowerBound * width, out + text * stride, rows: rows.count, columns: width)
            }
        }
    }
}
