import LabDomain

/// How a customer's readings have gone: averages, counts and the last few, never what was said.
public struct EmotionalJourney: Hashable, Sendable {
    /// How many last readings are kept.
    public static let memory = 5

    /// Readings of any kind.
    public internal(set) var readings: Int64 = 0
    /// Readings of too little confidence, or none; they move no average.
    public internal(set) var unknown: Int64 = 0
    /// Known readings by their likeliest sentiment, in the order of `Sentiment`.
    public internal(set) var counts: SIMD3<Int64> = .zero
    /// Moving average of the probabilities of known readings; zero before the first.
    public internal(set) var average: SIMD3<Double> = .zero
    var slowAverage: SIMD3<Double> = .zero
    /// The newest known readings, oldest first.
    public internal(set) var last: [SIMD3<Float>] = []
    /// Whether the newest reading of all was known.
    public internal(set) var lastIsKnown = false

    /// Known readings.
    public var known: Int64 { readings - unknown }

    /// Where the mood goes: positive minus negative, fast average against slow, in [−2, 2]; above 0 it brightens.
    public var trend: Double { (average.z - average.x) - (slowAverage.z - slowAverage.x) }

    /// The likeliest sentiment of the newest reading; `nil` where that is unknown.
    public var current: Sentiment? { lastIsKnown ? last.last.flatMap(Self.likeliest) : nil }

    mutating func add(_ reading: SIMD3<Float>?, _ rules: ProfileRules) {
        readings += 1
        guard let reading, Self.isKnown(reading, rules), let sentiment = Self.likeliest(reading) else {
            unknown += 1
            lastIsKnown = false
            return
        }
        let probabilities = SIMD3<Double>(reading)
        if known == 1 {
            average = probabilities
            slowAverage = probabilities
        } else {
            average += rules.smoothing * (probabilities - average)
            slowAverage += rules.slowSmoothing * (probabilities - slowAverage)
        }
        counts[sentiment.rawValue] += 1
        if last.count == Self.memory { last.removeFirst() }
        last.append(reading)
        lastIsKnown = true
    }

    /// Each comparison is false for a NaN.
    private static func isKnown(_ reading: SIMD3<Float>, _ rules: ProfileRules) -> Bool {
        reading.min() >= 0 && abs(reading.sum() - 1) <= 0.01 && Double(reading.max()) >= rules.confidence
    }

    /// Of equals the first.
    private static func likeliest(_ reading: SIMD3<Float>) -> Sentiment? {
        var best = 0
        for index in 1..<3 where reading[index] > reading[best] { best = index }
        return Sentiment(rawValue: best)
    }
}
