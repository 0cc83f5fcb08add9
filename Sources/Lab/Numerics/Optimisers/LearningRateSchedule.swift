import RealModule

/// How the step size changes from step to step, as part of a configuration.
///
/// Where PyTorch has the same schedule in `torch.optim.lr_scheduler`, the rates are equal (its name is given).
public indirect enum LearningRateSchedule: Sendable, Codable, Equatable {
    /// The same rate in every step.
    case constant(rate: Float)
    /// From `factor` times the first rate of `then`, linearly over `steps`, and `then` from its beginning on.
    /// (`LinearLR` followed by another in a `SequentialLR`.)
    case warmUp(steps: Int, factor: Float, then: LearningRateSchedule)
    /// From `rate` to `end` along half a cosine over `steps`; `end` afterwards. (`CosineAnnealingLR`.)
    /// Source: Loshchilov and Hutter, arXiv 1608.03983, equation 5.
    case cosine(rate: Float, end: Float, steps: Int)
    /// `rate`, times `factor` after every `interval` steps. (`StepLR`.)
    case step(rate: Float, factor: Float, interval: Int)
    /// `rate`, times `factor` after every step. (`ExponentialLR`.)
    case exponential(rate: Float, factor: Float)
    /// Up to `rate` linearly over `warmUp` steps, then falling with the square root of the step.
    /// Source: Vaswani et al., arXiv 1706.03762, equation 3, scaled to the peak.
    case inverseSquareRoot(rate: Float, warmUp: Int)
    /// From `rate`/25 up to `rate` over 30 % of `steps`, then down to `rate`/250,000, both along half a cosine.
    /// (`OneCycleLR` with its defaults, without its changes of momentum.) Source: Smith and Topin, arXiv 1708.07120.
    case oneCycle(rate: Float, steps: Int)

    /// The rate of the step after `step` steps: 0 asks for that of the first one.
    public func rate(after step: Int) -> Float { Float(exactRate(Double(max(step, 0)))) }

    private func exactRate(_ step: Double) -> Double {
        switch self {
        case .constant(let rate):
            return Double(rate)
        case .warmUp(let steps, let factor, let then):
            guard step < Double(steps) else { return then.exactRate(step - Double(steps)) }
            return then.exactRate(0) * Self.line(Double(factor), 1, step / Double(steps))
        case .cosine(let rate, let end, let steps):
            return Self.arc(Double(rate), Double(end), step / Double(max(steps, 1)))
        case .step(let rate, let factor, let interval):
            return Double(rate) * Double.pow(Double(factor), Int(step) / max(interval, 1))
        case .exponential(let rate, let factor):
            return Double(rate) * Double.pow(Double(factor), Int(step))
        case .inverseSquareRoot(let rate, let warmUp):
            let (position, peak) = (step + 1, Double(max(warmUp, 1)))
            return Double(rate) * min(position / peak, (peak / position).squareRoot())
        case .oneCycle(let rate, let steps):
            let peak = Double(rate)
            let top = max(0.3 * Double(steps) - 1, 0)
            if step <= top { return Self.arc(peak / 25, peak, top == 0 ? 1 : step / top) }
            return Self.arc(peak, peak / 250_000, (step - top) / max(Double(steps) - 1 - top, 1))
        }
    }

    private static func line(_ from: Double, _ to: Double, _ share: Double) -> Double { from + (to - from) * share }

    /// From `from` to `to` along half a cosine; `to` from share 1 on.
    private static func arc(_ from: Double, _ to: Double, _ share: Double) -> Double {
        to + (from - to) * (1 + Double.cos(Double.pi * min(share, 1))) / 2
    }

    /// Whether every number in it has a meaning.
    ///
    /// - Throws: `NumericsError.invalidSetting`, named after the schedule.
    public func validate(_ name: String = "schedule") throws {
        func require(_ holds: Bool, _ part: String, _ value: some Any, _ allowed: String) throws {
            guard holds else {
                throw NumericsError.invalidSetting(name: "\(name).\(part)", value: "\(value)", allowed: allowed)
            }
        }
        func positive(_ rate: Float, _ part: String = "rate") throws {
            try require(rate > 0 && rate.isFinite, part, rate, "positive")
        }
        switch self {
        case .constant(let rate): try positive(rate)
        case .warmUp(let steps, let factor, let then):
            try require(steps >= 1, "steps", steps, "at least 1")
            try require((0...1).contains(factor), "factor", factor, "in [0, 1]")
            try then.validate("\(name).then")
        case .cosine(let rate, let end, let steps):
            try positive(rate)
            try require(end >= 0 && end <= rate, "end", end, "in [0, rate]")
            try require(steps >= 1, "steps", steps, "at least 1")
        case .step(let rate, let factor, let interval):
            try positive(rate)
            try positive(factor, "factor")
            try require(interval >= 1, "interval", interval, "at least 1")
        case .exponential(let rate, let factor):
            try positive(rate)
            try positive(factor, "factor")
        case .inverseSquareRoot(let rate, let warmUp):
            try positive(rate)
            try require(warmUp >= 1, "warmUp", warmUp, "at least 1")
        case .oneCycle(let rate, let steps):
            try positive(rate)
            try require(steps >= 1, "steps", steps, "at least 1")
        }
    }
}
