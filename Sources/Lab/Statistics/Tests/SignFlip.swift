public import LabNumerics

/// Whether differences are symmetric about 0, by flipping their signs; the statistic is their mean.
///
/// Exact by enumeration of all 2ⁿ signs up to 20 differences. Beyond, p = (1 + as extreme) / (1 + resamples) of seeded
/// signs, which is valid whatever the number of resamples. Two-sided compares absolute means.
/// - Throws: `StatisticsError.tooFew` for no difference, `.notFinite`, `.outOfRange` for no resample.
///
/// Source: Fisher, *The Design of Experiments*, 1935, section 21; Phipson and Smyth, "Permutation P-values Should Never Be
/// Zero", 2010, for the simulated form.
public func signFlip(
    _ differences: [Double], alternative: Alternative = .twoSided, resamples: Int = 10_000, stream: RandomStream
) throws -> SignificanceTest {
    try StatisticsError.check(differences, "the list of differences")
    guard resamples > 0 else {
        throw StatisticsError.outOfRange(name: "resamples", value: "\(resamples)", allowed: "positive")
    }
    let seen = differences.reduce(0, +)
    // Sums of the same terms in another order may differ by rounding and still count as equal.
    let slack = 1e-13 * differences.reduce(0) { $0 + abs($1) }
    func isExtreme(_ sum: Double) -> Bool {
        switch alternative {
        case .twoSided: abs(sum) >= abs(seen) - slack
        case .greater: sum >= seen - slack
        case .less: sum <= seen + slack
        }
    }
    let (exact, count) = (differences.count <= 20, differences.count)
    var extreme = 0
    if exact {
        let half = count / 2
        let (low, high) = (signedSums(differences[..<half]), signedSums(differences[half...]))
        for left in low { for right in high where isExtreme(left + right) { extreme += 1 } }
    } else {
        var stream = stream
        for _ in 0..<resamples {
            var (sum, bits) = (0.0, UInt64(0))
            for (place, value) in differences.enumerated() {
                if place % 64 == 0 { bits = stream.nextUInt64() }
                sum += bits & 1 == 0 ? value : -value
                bits >>= 1
            }
            if isExtreme(sum) { extreme += 1 }
        }
    }
    let pValue =
        exact ? Double(extreme) / Double(1 << count) : Double(1 + extreme) / Double(1 + resamples)
    return SignificanceTest(statistic: mean(differences), pValue: pValue, isExact: exact)
}

/// ± values in all combinations.
private func signedSums(_ values: ArraySlice<Double>) -> [Double] {
    values.reduce([0]) { sums, value in sums.map { $0 + value } + sums.map { $0 - value } }
}
