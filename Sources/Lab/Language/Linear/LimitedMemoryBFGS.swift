/// Minimises a smooth function by limited-memory BFGS with backtracking line search.
///
/// Two-loop recursion with ten pairs (Nocedal and Wright, *Numerical Optimization*, algorithms 7.4 and 7.5), Armijo
/// condition with constant 10⁻⁴; a pair whose curvature is not positive is left out.
struct LimitedMemoryBFGS {
    var maximumSteps: Int
    var tolerance: Double
    var memory = 10

    func minimise(
        from start: [Double], progress: (_ step: Int, _ value: Double) throws -> Void,
        _ function: (_ point: [Double], _ gradient: inout [Double]) -> Double
    ) throws -> [Double] {
        var point = start
        var gradient = [Double](repeating: 0, count: point.count)
        var value = function(point, &gradient)
        var pairs: [Pair] = []
        for step in 1...max(1, maximumSteps) {
            guard value.isFinite, largest(gradient) > tolerance else { break }
            var direction = quasiNewton(gradient, pairs)
            var slope = dot(direction, gradient)
            if slope >= 0 {
                pairs = []
                direction = gradient.map(-)
                slope = dot(direction, gradient)
            }
            // Without curvature known yet, a unit step along the gradient's direction is as good a guess as any.
            var length = pairs.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1.0
            var next = point
            var nextGradient = gradient
            var nextValue = value
            var isAccepted = false
            for _ in 0..<40 {
                for index in point.indices { next[index] = point[index] + length * direction[index] }
                nextValue = function(next, &nextGradient)
                if nextValue <= value + 1e-4 * length * slope {
                    isAccepted = true
                    break
                }
                length /= 2
            }
            guard isAccepted else { break }
            let pair = Pair(from: point, to: next, gradient: gradient, nextGradient: nextGradient)
            if pair.curvature > 1e-12 {
                pairs.append(pair)
                if pairs.count > memory { pairs.removeFirst() }
            }
            (point, gradient, value) = (next, nextGradient, nextValue)
            try progress(step, value)
        }
        return point
    }

    private struct Pair {
        let change: [Double]
        let gradientChange: [Double]
        let curvature: Double

        init(from old: [Double], to new: [Double], gradient: [Double], nextGradient: [Double]) {
            change = zip(new, old).map { $0 - $1 }
            gradientChange = zip(nextGradient, gradient).map { $0 - $1 }
            curvature = dot(change, gradientChange)
        }
    }

    /// The negative gradient times the approximate inverse Hessian.
    private func quasiNewton(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
        var direction = gradient.map(-)
        var weights: [Double] = []
        for pair in pairs.reversed() {
            let weight = dot(pair.change, direction) / pair.curvature
            weights.append(weight)
            add(-weight, pair.gradientChange, to: &direction)
        }
        if let last = pairs.last {
            let scale = last.curvature / dot(last.gradientChange, last.gradientChange)
            for index in direction.indices { direction[index] *= scale }
        }
        for (pair, weight) in zip(pairs, weights.reversed()) {
            add(weight - dot(pair.gradientChange, direction) / pair.curvature, pair.change, to: &direction)
        }
        return direction
    }
}

private func dot(_ left: [Double], _ right: [Double]) -> Double {
    // Four running sums: a single one would wait for each addition. The order is fixed, so the result is, too.
    var sums = SIMD4<Double>()
    var index = 0
    while index + 4 <= left.count {
        let first = SIMD4<Double>(left[index], left[index + 1], left[index + 2], left[index + 3])
        let second = SIMD4<Double>(right[index], right[index + 1], right[index + 2], right[index + 3])
        sums += first * second
        index += 4
    }
    var sum = sums.sum()
    while index < left.count {
        sum += left[index] * right[index]
        index += 1
    }
    return sum
}

private func add(_ factor: Double, _ vector: [Double], to sum: inout [Double]) {
    for index in sum.indices { sum[index] += factor * vector[index] }
}

private func largest(_ vector: [Double]) -> Double { vector.reduce(0) { max($0, abs($1)) } }
