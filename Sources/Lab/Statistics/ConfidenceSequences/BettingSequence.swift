import RealModule

/// The mean of observations in [0, 1] by betting against each candidate: usually the narrowest of all.
///
/// A candidate m is left out once max(½ Π(1 + λ⁺ₜ (xₜ − m)), ½ Π(1 − λ⁻ₜ (xₜ − m))) exceeds 1 / alpha, where bets are cut at
/// ½ / m and ½ / (1 − m). Candidates are a grid; the ends lie one step outside the outermost candidate that is left, so
/// that the grid costs width and never coverage.
/// Source: Waudby-Smith and Ramdas 2024, theorem 3 (hedged capital).
public struct BettingSequence: ConfidenceSequence {
    public private(set) var count = 0
    public private(set) var interval: Interval
    /// Whether intervals are intersected with all earlier ones, which keeps them valid.
    public let intersects: Bool
    private let steps: Int
    private var bets: PredictableBets
    /// log Π of either side, by candidate.
    private var rises: [Double]
    private var falls: [Double]

    /// - Parameters:
    ///   - steps: of the grid, each 1 / steps wide; the work for an observation grows with it.
    ///   - intersects: with earlier intervals.
    /// - Throws: `StatisticsError.outOfRange` for no step or a level outside (0, 1).
    public init(level: Double = 0.95, steps: Int = 1_000, intersects: Bool = true) throws {
        try StatisticsError.check(level: level)
        guard steps > 0 else {
            throw StatisticsError.outOfRange(name: "steps", value: "\(steps)", allowed: "positive")
        }
        interval = Interval(lower: 0, upper: 1, level: level)
        self.intersects = intersects
        self.steps = steps
        bets = PredictableBets(alpha: (1 - level) / 2)
        rises = [Double](repeating: 0, count: steps + 1)
        falls = rises
    }

    @discardableResult public mutating func observe(_ value: Double) throws -> Interval {
        try StatisticsError.checkUnit(value)
        let bet = bets.next
        let threshold = -Double.log((1 - interval.level) / 2)
        var (first, last) = (-1, -1)
        for place in 0...steps {
            let candidate = Double(place) / Double(steps)
            let difference = value - candidate
            rises[place] += Self.growth(min(bet, 0.5 / candidate), difference)
            falls[place] += Self.growth(min(bet, 0.5 / (1 - candidate)), -difference)
            if max(rises[place], falls[place]) <= threshold {
                if first < 0 { first = place }
                last = place
            }
        }
        count += 1
        bets.observe(value)
        // Where nothing is left the assumptions are refuted; the whole range says so.
        var lower = first < 0 ? 0 : max(0, Double(first - 1) / Double(steps))
        var upper = first < 0 ? 1 : min(1, Double(last + 1) / Double(steps))
        if intersects {
            lower = max(lower, interval.lower)
            upper = min(upper, interval.upper)
        }
        interval = Interval(lower: lower, upper: upper, level: interval.level)
        return interval
    }

    private static func growth(_ bet: Double, _ difference: Double) -> Double {
        // An unlimited bet on what does not differ neither wins nor loses.
        difference == 0 ? 0 : Double.log(onePlus: bet * difference)
    }
}
