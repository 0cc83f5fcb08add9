/// The sum with a running compensation, wrong by a few units in the last place whatever the order.
///
/// Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
public func compensatedSum(_ values: some Sequence<Double>) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for value in values {
        let next = sum + value
        lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
        sum = next
    }
    // An infinite or undefined sum has no compensation.
    return sum.isFinite ? sum + lost : sum
}

/// The arithmetic mean; not a number for no values.
public func mean(_ values: [Double]) -> Double { compensatedSum(values) / Double(values.count) }

/// The variance with the divisor n − 1; not a number for fewer than two values.
public func variance(_ values: [Double]) -> Double {
    guard values.count > 1 else { return .nan }
    let center = mean(values)
    let squares = compensatedSum(values.lazy.map { ($0 - center) * ($0 - center) })
    // What the mean lost by rounding (Chan, Golub and LeVeque 1983, equation 1.7).
    let rest = compensatedSum(values.lazy.map { $0 - center })
    return (squares - rest * rest / Double(values.count)) / Double(values.count - 1)
}

/// The square root of `variance`.
public func standardDeviation(_ values: [Double]) -> Double { variance(values).squareRoot() }

/// The quantile of a sample with linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
///
/// - Parameter sorted: ascending.
public func quantile(sorted: [Double], _ probability: Double) -> Double {
    guard let last = sorted.indices.last, probability >= 0, probability <= 1 else { return .nan }
    let position = probability * Double(last)
    let below = min(Int(position), last)
    let above = min(below + 1, last)
    if sorted[below] == sorted[above] { return sorted[below] }
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}

/// The quantile of a sample in any order; see `quantile(sorted:_:)`.
public func quantile(_ values: [Double], _ probability: Double) -> Double {
    quantile(sorted: values.sorted(), probability)
}

/// The middle of a sample.
public func median(_ values: [Double]) -> Double { quantile(values, 0.5) }
