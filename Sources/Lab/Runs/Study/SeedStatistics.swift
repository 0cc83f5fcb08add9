import Foundation
import LabNumerics
import LabStatistics

/// What few repetitions under equal seeds can say.
enum SeedStatistics {
    /// The mean of the middle half: ⌊n/4⌋ values are left out at either end.
    ///
    /// Source: Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice", NeurIPS 2021,
    /// section 4.2; cut like their `rliable`, which calls SciPy's `trim_mean(scores, 0.25)`.
    static func interquartileMean(_ values: [Double]) -> Double {
        let cut = values.count / 4
        return mean(Array(values.sorted()[cut..<(values.count - cut)]))
    }

    /// The probability that a run of `second` is larger than one of `first`, over all pairs; equal ones count half.
    ///
    /// Source: Agarwal et al. 2021, section 4.3 (the Mann-Whitney statistic over the number of pairs).
    static func probabilityOfImprovement(_ first: [Double], _ second: [Double]) -> Double {
        guard !first.isEmpty, !second.isEmpty else { return .nan }
        var wins = 0.0
        for after in second { for before in first { wins += after > before ? 1 : after == before ? 0.5 : 0 } }
        return wins / Double(first.count * second.count)
    }

    /// Two-sided p-value of the mean of paired differences by flipping signs; not a number below two pairs.
    static func signFlip(_ differences: [Double], stream: RandomStream) -> Double {
        guard differences.count > 1 else { return .nan }
        return (try? LabStatistics.signFlip(differences, resamples: 20_000, stream: stream).pValue) ?? .nan
    }

    /// Holm's adjusted p-values; what is not a number stays so and is not counted.
    static func holm(_ values: [Double]) -> [Double] {
        let places = values.indices.filter { !values[$0].isNaN }
        var result = values
        guard let adjusted = try? MultipleComparisons.holm.adjusted(places.map { values[$0] }) else { return values }
        for (place, value) in zip(places, adjusted) { result[place] = value }
        return result
    }
}
