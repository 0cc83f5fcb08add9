import Foundation

/// Maps values to pixels linearly and finds round tick marks.
struct LinearScale: Sendable, Equatable {
    let lower: Double
    let upper: Double
    let from: Double
    let to: Double
    /// Round values inside the range, in ascending order.
    let ticks: [Double]
    /// How the ticks are best written.
    let tickDigits: Int

    /// A scale over the finite ones of the values, widened to round ticks (Heckbert, "Nice numbers for graph labels",
    /// Graphics Gems, 1990).
    ///
    /// - Parameters:
    ///   - tight: whether the range keeps exactly to the values.
    init(
        _ values: [Double], including anchors: [Double] = [], from: Double, to: Double, tickTarget: Int = 5,
        tight: Bool = false
    ) {
        let finite = (values + anchors).filter(\.isFinite)
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        if low == high {
            let margin = low == 0 ? 1 : abs(low) * 0.1
            low -= margin
            high += margin
        }
        let step = Self.roundStep((high - low) / Double(max(tickTarget, 1)))
        if !tight {
            low = (low / step + 1e-9).rounded(.down) * step
            high = (high / step - 1e-9).rounded(.up) * step
        }
        let first = Int((low / step - 1e-9).rounded(.up))
        let last = Int((high / step + 1e-9).rounded(.down))
        lower = low
        upper = high
        self.from = from
        self.to = to
        ticks = first <= last ? (first...last).map { Double($0) * step } : []
        let magnitude = Int(log10(step).rounded(.down))
        // Steps of 2.5 need one digit more than steps of 1, 2 and 5.
        let mantissa = step / pow(10, Double(magnitude))
        tickDigits = max(0, -magnitude + (abs(mantissa - 2.5) < 0.01 ? 1 : 0))
    }

    func callAsFunction(_ value: Double) -> Double {
        from + (value - lower) / (upper - lower) * (to - from)
    }

    /// The value moved into the range of the scale.
    func clamped(_ value: Double) -> Double { min(max(value, lower), upper) }

    func contains(_ value: Double) -> Bool { value >= lower && value <= upper }

    func label(_ tick: Double, _ format: NumberFormat?) -> String {
        switch format {
        case .percent?:
            // Two digits fewer, since a hundredth is one per cent.
            return NumberFormat.percent(max(tickDigits - 2, 0)).string(tick)
        case .integer?, .fixed?, .significant?, nil:
            return NumberFormat.fixed(tickDigits).string(tick)
        }
    }

    private static func roundStep(_ rough: Double) -> Double {
        guard rough > 0, rough.isFinite else { return 1 }
        let power = pow(10, log10(rough).rounded(.down))
        let fraction = rough / power
        return power * (fraction < 1.4 ? 1 : fraction < 2.2 ? 2 : fraction < 3.5 ? 2.5 : fraction < 7.5 ? 5 : 10)
    }
}
