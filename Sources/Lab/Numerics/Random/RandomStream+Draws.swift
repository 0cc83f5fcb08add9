import RealModule

extension RandomStream {
    /// Uniform in [0, 1) with 53 random bits.
    @inlinable
    public mutating func nextDouble() -> Double {
        Double(nextUInt64() &>> 11) * 0x1p-53
    }

    /// Uniform in [0, 1) with 24 random bits.
    @inlinable
    public mutating func nextFloat() -> Float {
        Float(nextUInt32() &>> 8) * 0x1p-24
    }

    /// Uniform in 0 ..< `bound`, without bias; `bound` must be positive.
    ///
    /// Source: Lemire, "Fast Random Integer Generation in an Interval", TOMACS 29(1), 2019, algorithm 5.
    @inlinable
    public mutating func nextInt(below bound: Int) -> Int {
        precondition(bound > 0, "nextInt(below:) needs a positive bound")
        guard let narrow = UInt32(exactly: bound) else { return nextInt(belowWide: UInt64(bound)) }
        var product = UInt64(nextUInt32()) &* UInt64(narrow)
        if UInt32(truncatingIfNeeded: product) < narrow {
            let threshold = (0 &- narrow) % narrow
            while UInt32(truncatingIfNeeded: product) < threshold {
                product = UInt64(nextUInt32()) &* UInt64(narrow)
            }
        }
        return Int(product &>> 32)
    }

    @usableFromInline
    mutating func nextInt(belowWide bound: UInt64) -> Int {
        var product = nextUInt64().multipliedFullWidth(by: bound)
        let threshold = (0 &- bound) % bound
        while product.low < threshold { product = nextUInt64().multipliedFullWidth(by: bound) }
        return Int(product.high)
    }

    /// Exponential with mean 1.
    public mutating func nextExponential() -> Double {
        -Double.log(onePlus: -nextDouble())
    }

    /// Gamma with the mean `shape` · `scale`; both must be positive.
    ///
    /// Source: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", TOMS 26(3), 2000; below shape 1
    /// by their boost Γ(a) = Γ(a + 1) · U^(1/a).
    public mutating func nextGamma(shape: Double, scale: Double) -> Double {
        precondition(shape > 0 && scale > 0, "nextGamma needs a positive shape and scale")
        if shape < 1 {
            let boost = Double.pow(1 - nextDouble(), 1 / shape)
            return nextGamma(shape: shape + 1, scale: scale) * boost
        }
        let d = shape - 1 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let normal = nextNormal()
            let root = 1 + c * normal
            guard root > 0 else { continue }
            let cube = root * root * root
            let uniform = 1 - nextDouble()
            if Double.log(uniform) < 0.5 * normal * normal + d - d * cube + d * Double.log(cube) {
                return d * cube * scale
            }
        }
    }

    /// Beta(a, b), as a ratio of two gammas; both parameters must be positive.
    public mutating func nextBeta(_ a: Double, _ b: Double) -> Double {
        let left = nextGamma(shape: a, scale: 1)
        let right = nextGamma(shape: b, scale: 1)
        return left / (left + right)
    }

    /// True with probability `probability`.
    @inlinable
    public mutating func nextBool(probability: Double) -> Bool { nextDouble() < probability }

    /// An index with probability proportional to its weight; weights are finite, not negative, and one is positive.
    public mutating func choose(weights: [Double]) -> Int {
        var total = 0.0
        for weight in weights { total += weight }
        precondition(total > 0 && total.isFinite, "choose(weights:) needs a positive, finite total")
        var rest = nextDouble() * total
        var last = 0
        for index in weights.indices where weights[index] > 0 {
            rest -= weights[index]
            if rest < 0 { return index }
            last = index
        }
        // Rounding can leave a rest of the size of one ulp: it belongs to the last index that can be chosen.
        return last
    }

    /// A uniformly random order (Fisher and Yates).
    @inlinable
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        var end = elements.count
        while end > 1 {
            let chosen = nextInt(below: end)
            end -= 1
            elements.swapAt(chosen, end)
        }
    }

    /// 0 ..< `count` in a uniformly random order.
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        shuffle(&order)
        return order
    }
}
