/// A matrix of a fastText model, in full precision: [rows, width], each row padded with zeros to `stride`.
///
/// A quantised matrix (Joulin et al. 2016, *FastText.zip*, section 3.1) is a product quantiser's codes, one byte for each
/// group of columns, and one more for the row's norm where that is quantised apart; it is decoded when read.
struct FastTextMatrix: Sendable {
    let rows: Int
    let width: Int
    /// `width` rounded up to whole vectors of 8.
    let stride: Int
    var values: [Float]

    init(rows: Int, width: Int) {
        self.rows = rows
        self.width = width
        stride = (width + 7) / 8 * 8
        values = Array(repeating: 0, count: rows * stride)
    }

    /// Reads a matrix that must have `rows` × `width` numbers.
    init(_ reader: inout WeightReader, isQuantised: Bool, rows: Int, width: Int) throws {
        let hasNorms = isQuantised ? try reader.flag() : false
        _ = try reader.size(Int64.self, in: rows...rows, "the number of rows")
        _ = try reader.size(Int64.self, in: width...width, "the width")
        // Before memory is taken for it: a code is at least a byte a row.
        guard rows <= reader.bytes.count else { throw reader.damage("\(rows) rows do not fit into it") }
        self.init(rows: rows, width: width)
        if isQuantised {
            try decode(&reader, hasNorms: hasNorms)
        } else {
            let numbers = try reader.floats(rows * width)
            for row in 0..<rows {
                for column in 0..<width { values[row * stride + column] = numbers[row * width + column] }
            }
        }
    }

    private mutating func decode(_ reader: inout WeightReader, hasNorms: Bool) throws {
        let codeCount = try reader.size(Int32.self, in: 0...Int(Int32.max), "the number of codes")
        let codes = try reader.block(codeCount)
        let quantiser = try ProductQuantiser(&reader, width: width)
        guard codeCount == rows * quantiser.groups else {
            throw reader.damage("\(codeCount) codes are not \(quantiser.groups) for each of \(rows) rows")
        }
        var norms: (codes: UnsafeRawBufferPointer, quantiser: ProductQuantiser)?
        if hasNorms {
            let codes = try reader.block(rows)
            norms = (codes, try ProductQuantiser(&reader, width: 1))
        }
        for row in 0..<rows {
            let norm = norms.map { $0.quantiser.centroids[Int($0.codes[row])] } ?? 1
            for group in 0..<quantiser.groups {
                let (start, count) = quantiser.centroid(group, code: codes[row * quantiser.groups + group])
                for index in 0..<count {
                    values[row * stride + group * quantiser.groupWidth + index] =
                        norm * quantiser.centroids[start + index]
                }
            }
        }
    }

    /// The rows at `order`, in that order.
    func permuted(_ order: [Int]) -> FastTextMatrix {
        var result = FastTextMatrix(rows: order.count, width: width)
        for (row, old) in order.enumerated() {
            result.values.replaceSubrange(
                row * stride..<(row + 1) * stride, with: values[old * stride..<(old + 1) * stride])
        }
        return result
    }
}

/// 256 centroids for each group of columns; the last group may be narrower.
struct ProductQuantiser: Sendable {
    let groups: Int
    let groupWidth: Int
    let lastWidth: Int
    let centroids: [Float]

    init(_ reader: inout WeightReader, width: Int) throws {
        _ = try reader.size(Int32.self, in: width...width, "the quantiser's width")
        groups = try reader.size(Int32.self, in: 1...width, "the number of groups")
        groupWidth = try reader.size(Int32.self, in: 1...width, "the width of a group")
        lastWidth = try reader.size(Int32.self, in: 1...groupWidth, "the width of the last group")
        guard (groups - 1) * groupWidth + lastWidth == width else {
            throw reader.damage("\(groups) groups of \(groupWidth) columns do not make \(width)")
        }
        centroids = try reader.floats(256 * width)
    }

    /// Where the code's centroid begins, and its width.
    func centroid(_ group: Int, code: UInt8) -> (start: Int, count: Int) {
        let isLast = group == groups - 1
        let count = isLast ? lastWidth : groupWidth
        return (group * 256 * groupWidth + Int(code) * count, count)
    }
}
