import LabNumerics
import LabStatistics

/// An estimator of the form Σ_k (Σ_i A_ik) / (Σ_i B_ik) over episodes i: every importance-sampling estimator is one.
///
/// Unweighted estimators have one term with B = 1. Weighted ones divide by sums of weights, and because resampling
/// recomputes those sums, their bootstrap takes the denominator's noise into account.
struct SumOfRatios {
    let episodes: Int
    let terms: Int
    /// Row-major [episodes, terms].
    var numerators: [Double]
    var denominators: [Double]

    init(episodes: Int, terms: Int) {
        self.episodes = episodes
        self.terms = terms
        numerators = Array(repeating: 0, count: episodes * terms)
        denominators = Array(repeating: 0, count: episodes * terms)
    }

    /// The mean of one number an episode.
    init(meanOf values: [Double]) {
        episodes = values.count
        terms = 1
        numerators = values
        denominators = Array(repeating: 1, count: values.count)
    }

    private func value(counts: [Double]?) -> Double {
        var above = [Double](repeating: 0, count: terms)
        var below = above
        for episode in 0..<episodes {
            let weight = counts?[episode] ?? 1
            if weight == 0 { continue }
            let row = episode * terms
            for term in 0..<terms {
                above[term] += weight * numerators[row + term]
                below[term] += weight * denominators[row + term]
            }
        }
        var sum = 0.0
        for term in 0..<terms where below[term] != 0 { sum += above[term] / below[term] }
        return sum
    }

    var value: Double { value(counts: nil) }

    /// One number an episode whose mean is the value: A_ik · n / Σ B, summed over terms.
    var contributions: [Double] {
        let below = columnSums(denominators)
        return (0..<episodes).map { episode in
            (0..<terms).reduce(0.0) { sum, term in
                below[term] == 0 ? sum : sum + numerators[episode * terms + term] * Double(episodes) / below[term]
            }
        }
    }

    /// The value of each episode's influence (delta method), centred on the estimate: its spread is the standard error.
    var influences: [Double] {
        let below = columnSums(denominators)
        let above = columnSums(numerators)
        let centre = value
        return (0..<episodes).map { episode in
            var sum = centre
            for term in 0..<terms where below[term] != 0 {
                let place = episode * terms + term
                sum +=
                    Double(episodes) / below[term]
                    * (numerators[place] - above[term] / below[term] * denominators[place])
            }
            return sum
        }
    }

    /// Values of the estimator on resampled episodes, in ascending order.
    func bootstrap(resamples: Int, stream: RandomStream) -> [Double] {
        (0..<resamples).map { resample in
            var draws = stream.child(resample)
            var counts = [Double](repeating: 0, count: episodes)
            for _ in 0..<episodes { counts[draws.nextInt(below: episodes)] += 1 }
            return value(counts: counts)
        }.sorted()
    }

    private func columnSums(_ values: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: terms)
        for episode in 0..<episodes {
            for term in 0..<terms { sums[term] += values[episode * terms + term] }
        }
        return sums
    }
}
