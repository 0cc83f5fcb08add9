public import LabNumerics
public import LabStatistics

/// A policy's estimated value with the support behind it.
public struct OffPolicyEstimate: Sendable, Codable, Equatable {
    public let estimator: OffPolicyEstimator
    /// Value a customer, with a standard error by the delta method and an interval by the percentile bootstrap over
    /// episodes (recomputing the normalisers).
    public let estimate: Estimate
    /// One number an episode; their mean is the value.
    public let contributions: [Double]
    public let support: WeightSupport

    /// - Parameters:
    ///   - resamples: of the bootstrap; 0 takes the normal interval.
    ///   - level: of the interval.
    public init(
        _ estimator: OffPolicyEstimator, _ log: OffPolicyLog, resamples: Int = 200, level: Double = 0.95,
        stream: RandomStream
    ) throws {
        let sums = try estimator.sums(log)
        let value = sums.value
        let error = standardError(of: sums.influences)
        let interval: Interval
        if resamples > 0 {
            let values = sums.bootstrap(resamples: resamples, stream: stream.child(estimator.rawValue))
            interval = Interval(
                lower: quantile(sorted: values, (1 - level) / 2), upper: quantile(sorted: values, (1 + level) / 2),
                level: level)
        } else {
            let half = Normal.quantile((1 + level) / 2) * error
            interval = Interval(lower: value - half, upper: value + half, level: level)
        }
        self.estimator = estimator
        self.contributions = sums.contributions
        self.support = WeightSupport(log)
        estimate = Estimate(value: value, standardError: error, interval: interval, count: log.episodeCount)
    }
}

/// How much of a log speaks for the evaluated policy.
public struct WeightSupport: Sendable, Codable, Equatable {
    /// (Σ w)² / Σ w² of the episodes' weights: as many episodes of its own would say as much (Kong 1992).
    public let effectiveSampleSize: Double
    /// 1 in expectation; far from 1, the log does not cover the policy.
    public let meanWeight: Double
    public let maximumWeight: Double
    public let episodes: Int

    public init(_ log: OffPolicyLog) {
        let weights = log.cumulativeRatios
        var (sum, squares, largest) = (0.0, 0.0, 0.0)
        for end in log.offsets.dropFirst() {
            let weight = weights[end - 1]
            sum += weight
            squares += weight * weight
            largest = max(largest, weight)
        }
        effectiveSampleSize = squares > 0 ? sum * sum / squares : 0
        meanWeight = sum / Double(log.episodeCount)
        maximumWeight = largest
        episodes = log.episodeCount
    }
}

/// Standard error of the mean.
func standardError(of values: [Double]) -> Double {
    let count = Double(values.count)
    guard count > 1 else { return .nan }
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / (count - 1) / count).squareRoot()
}
