/// Whether several samples come from one distribution, by their mean ranks.
///
/// The statistic H is divided by 1 − Σ(t³ − t) / (N³ − N) for ties and compared with chi-squared of k − 1 degrees of freedom.
/// - Throws: `StatisticsError.tooFew` for fewer than two samples or an empty one, `.notFinite`.
///
/// Source: Kruskal and Wallis, JASA 47, 1952.
public func kruskalWallis(_ samples: [[Double]]) throws -> SignificanceTest {
    if samples.count < 2 { throw StatisticsError.tooFew(what: "the list of samples", count: samples.count, needed: 2) }
    for (number, sample) in samples.enumerated() { try StatisticsError.check(sample, "sample \(number)") }
    let ranks = Ranks(samples.flatMap { $0 })
    let total = Double(ranks.doubled.count)
    var (between, start) = (0.0, 0)
    for sample in samples {
        let sum = Double(ranks.doubled[start..<start + sample.count].reduce(0, +)) / 2
        // Deviations from the mean rank keep the digits that the textbook form loses.
        let deviation = sum / Double(sample.count) - (total + 1) / 2
        between += Double(sample.count) * deviation * deviation
        start += sample.count
    }
    let correction = 1 - ranks.tieTerm / (total * (total * total - 1))
    let freedom = Double(samples.count - 1)
    guard correction > 0 else {
        return SignificanceTest(statistic: 0, pValue: 1, degreesOfFreedom: freedom, isExact: false)
    }
    let statistic = 12 / (total * (total + 1)) * between / correction
    return SignificanceTest(
        statistic: statistic, pValue: ChiSquared(degreesOfFreedom: freedom).upperTail(statistic),
        degreesOfFreedom: freedom, isExact: false)
}
