import RealModule

/// The layers of equal area under exp(−x²/2) that the ziggurat draws from.
struct ZigguratTable: Sendable {
    /// Right edges of the 128 layers and a last 0; `edges[0]` is the base layer's as if it were a rectangle.
    let edges: [Double]
    /// `edges[i + 1] / edges[i]`: below it a draw lies inside the curve for certain.
    let ratios: [Double]

    static let layers = 128
    /// Where the tail begins, and the area of each layer (Doornik 2005, table 1, 128 layers).
    static let tail = 3.442619855899
    static let area = 9.91256303526217e-3

    static let shared = ZigguratTable()

    private init() {
        var edges = [Double](repeating: 0, count: Self.layers + 1)
        var height = Double.exp(-0.5 * Self.tail * Self.tail)
        edges[0] = Self.area / height
        edges[1] = Self.tail
        for layer in 2..<Self.layers {
            edges[layer] = (-2 * Double.log(Self.area / edges[layer - 1] + height)).squareRoot()
            height = Double.exp(-0.5 * edges[layer] * edges[layer])
        }
        self.edges = edges
        ratios = (0..<Self.layers).map { edges[$0 + 1] / edges[$0] }
    }
}

extension RandomStream {
    /// Standard normal, by the ziggurat.
    ///
    /// Source: Doornik, "An Improved Ziggurat Method to Generate Normal Random Samples" (ZIGNOR), 2005. Layer and
    /// position come from different bits of one 64-bit draw.
    public mutating func nextNormal() -> Double { nextNormal(ZigguratTable.shared) }

    /// Normal with the given mean and standard deviation.
    public mutating func nextNormal(mean: Double, deviation: Double) -> Double {
        mean + deviation * nextNormal()
    }

    mutating func nextNormal(_ table: borrowing ZigguratTable) -> Double {
        while true {
            let bits = nextUInt64()
            let layer = Int(bits & 127)
            let position = 2 * (Double(bits &>> 11) * 0x1p-53) - 1
            if position.magnitude < table.ratios[layer] { return position * table.edges[layer] }
            if layer == 0 { return nextTail(negative: position < 0) }
            let x = position * table.edges[layer]
            let upper = Double.exp(-0.5 * (table.edges[layer] * table.edges[layer] - x * x))
            let lower = Double.exp(-0.5 * (table.edges[layer + 1] * table.edges[layer + 1] - x * x))
            if lower + nextDouble() * (upper - lower) < 1 { return x }
        }
    }

    /// A draw beyond the tail's start (Marsaglia 1964).
    private mutating func nextTail(negative: Bool) -> Double {
        while true {
            let x = Double.log(1 - nextDouble()) / ZigguratTable.tail
            let y = Double.log(1 - nextDouble())
            if -2 * y >= x * x { return negative ? x - ZigguratTable.tail : ZigguratTable.tail - x }
        }
    }

    /// Replaces every element by a uniform draw in [0, 1), as `nextFloat` would one after another.
    public mutating func fillUniform(_ buffer: inout [Float]) {
        for index in buffer.indices { buffer[index] = nextFloat() }
    }

    /// Replaces every element by a standard normal draw, as `nextNormal` would one after another.
    public mutating func fillNormal(_ buffer: inout [Float]) {
        let table = ZigguratTable.shared
        for index in buffer.indices { buffer[index] = Float(nextNormal(table)) }
    }
}
