import RealModule

/// The bets λₜ of a predictable mixture, which depend on earlier observations only.
///
/// λₜ = √(2 log(1/α) / (t log(1 + t) σ̂²ₜ₋₁)), with a mean and variance that start as if ½ and ¼ had been seen once.
/// Source: Waudby-Smith and Ramdas, "Estimating Means of Bounded Random Variables by Betting", JRSS B 86(1), 2024,
/// equation 15.
struct PredictableBets: Sendable {
    private let logarithm: Double
    private var time = 1.0
    private var sum = 0.5
    private var squares = 0.25
    private var variance = 0.25

    init(alpha: Double) { logarithm = -2 * Double.log(alpha) }

    var next: Double { (logarithm / (time * Double.log(onePlus: time) * variance)).squareRoot() }

    mutating func observe(_ value: Double) {
        time += 1
        sum += value
        // The mean includes this value, as equation 15 has it.
        let difference = value - min(1, sum / time)
        squares += difference * difference
        variance = squares / time
    }
}

/// One end of a predictable-mixture sequence: Σ λ x / Σ λ − (log(1/α) + Σ v ψ(λ)) / Σ λ.
struct PredictableEnd: Sendable {
    private let logarithm: Double
    private var weights = 0.0
    private var weighted = 0.0
    private var penalty = 0.0

    init(alpha: Double) { logarithm = -Double.log(alpha) }

    mutating func observe(_ value: Double, bet: Double, penalty step: Double) -> Double {
        weights += bet
        weighted += bet * value
        penalty += step
        return max(0, (weighted - logarithm - penalty) / weights)
    }
}

/// The mean of observations in [0, 1], whatever their variance.
///
/// Source: Waudby-Smith and Ramdas 2024, proposition 1: predictable-mixture Hoeffding, ψ(λ) = λ² / 8 and λₜ = min(1,
/// √(8 log(2/α) / (t log(1 + t)))).
public struct HoeffdingSequence: ConfidenceSequence {
    public private(set) var count = 0
    public private(set) var interval: Interval
    private var ends: (lower: PredictableEnd, upper: PredictableEnd)
    private let logarithm: Double

    public init(level: Double = 0.95) {
        interval = Interval(lower: 0, upper: 1, level: level)
        let end = PredictableEnd(alpha: (1 - level) / 2)
        ends = (end, end)
        logarithm = -8 * Double.log((1 - level) / 2)
    }

    @discardableResult public mutating func observe(_ value: Double) throws -> Interval {
        try StatisticsError.checkUnit(value)
        count += 1
        let time = Double(count)
        let bet = min(1, (logarithm / (time * Double.log(1 + time))).squareRoot())
        let lower = ends.lower.observe(value, bet: bet, penalty: bet * bet / 8)
        let upper = 1 - ends.upper.observe(1 - value, bet: bet, penalty: bet * bet / 8)
        interval = Interval(lower: lower, upper: upper, level: interval.level)
        return interval
    }
}

/// The mean of observations in [0, 1], narrower the smaller their variance turns out to be.
///
/// Source: Waudby-Smith and Ramdas 2024, theorem 2: predictable-mixture empirical Bernstein, v = (x − μ̂ₜ₋₁)² with
/// ψ(λ) = −log(1 − λ) − λ and bets of at most ½.
public struct EmpiricalBernsteinSequence: ConfidenceSequence {
    public private(set) var count = 0
    public private(set) var interval: Interval
    private var ends: (lower: PredictableEnd, upper: PredictableEnd)
    private var bets: PredictableBets
    private var sum = 0.0

    public init(level: Double = 0.95) {
        interval = Interval(lower: 0, upper: 1, level: level)
        let end = PredictableEnd(alpha: (1 - level) / 2)
        ends = (end, end)
        bets = PredictableBets(alpha: (1 - level) / 2)
    }

    @discardableResult public mutating func observe(_ value: Double) throws -> Interval {
        try StatisticsError.checkUnit(value)
        let bet = min(0.5, bets.next)
        let step = -Double.log(onePlus: -bet) - bet
        // Before any observation either side predicts its own 0, the choice of the authors' program.
        let lowerMean = count == 0 ? 0 : sum / Double(count)
        let upperMean = count == 0 ? 1 : lowerMean
        let lower = ends.lower.observe(
            value, bet: bet, penalty: step * (value - lowerMean) * (value - lowerMean))
        let upper = ends.upper.observe(
            1 - value, bet: bet, penalty: step * (value - upperMean) * (value - upperMean))
        count += 1
        sum += value
        bets.observe(value)
        interval = Interval(lower: lower, upper: 1 - upper, level: interval.level)
        return interval
    }
}
