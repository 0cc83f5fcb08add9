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

    /// Up to so many pairs all assignments of signs are counted.
    static let exactPairs = 12

    /// Two-sided p-value of the mean of paired differences: the share of assignments of signs under which the sum is at
    /// least as far from 0. Above `exactPairs` pairs of `draws` random ones, with the observed one counted among them.
    ///
    /// Source: Fisher, *The Design of Experiments*, 1935, section 21; the random form as in Phipson and Smyth,
    /// "Permutation p-values should never be zero", 2010.
    static func signFlip(_ differences: [Double], draws: Int = 20_000, stream: RandomStream) -> Double {
        guard differences.count > 1 else { return .nan }
        // Equal sums in another order may differ in their last digits.
        let bound = abs(differences.reduce(0, +)) - 1e-12 * differences.reduce(0) { $0 + abs($1) }
        func sum(_ signs: UInt64) -> Double {
            differences.indices.reduce(0.0) { $0 + (signs >> UInt64($1) & 1 == 0 ? 1 : -1) * differences[$1] }
        }
        if differences.count <= exactPairs {
            let all = UInt64(1) << UInt64(differences.count)
            return Double((0..<all).count { abs(sum($0)) >= bound }) / Double(all)
        }
        var stream = stream
        var far = 1
        for _ in 0..<draws {
            var total = 0.0
            var bits: UInt64 = 0
            for (place, difference) in differences.enumerated() {
                if place % 64 == 0 { bits = stream.nextUInt64() }
                total += bits & 1 == 0 ? difference : -difference
                bits >>= 1
            }
            if abs(total) >= bound { far += 1 }
        }
        return Double(far) / Double(draws + 1)
    }

    /// Holm's step-down adjustment; what is not a number stays so and is not counted.
    ///
    /// Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979.
    static func holm(_ values: [Double]) -> [Double] {
        let order = values.indices.filter { !values[$0].isNaN }.sorted { (values[$0], $0) < (values[$1], $1) }
        var result = values
        var largest = 0.0
        for (rank, place) in order.enumerated() {
            largest = max(largest, min(1, values[place] * Double(order.count - rank)))
            result[place] = largest
        }
        return result
    }
}
