/// An exact amount of money: integer millionths of a currency's unit.
public struct Money: Hashable, Codable, Sendable, Comparable {
    /// Millionths of one unit: 1.25 EUR is 1,250,000.
    public let micros: Int64
    /// ISO 4217 code.
    public let currency: String

    public init(micros: Int64, currency: String = "EUR") {
        self.micros = micros
        self.currency = currency
    }

    /// The nearest amount to `units`, ties to even; `nil` where no amount is (not a number, too large).
    public init?(units: Double, currency: String = "EUR") {
        guard let micros = Int64(exactly: (units * 1_000_000).rounded(.toNearestOrEven)) else { return nil }
        self.init(micros: micros, currency: currency)
    }

    /// For statistics and plots only; sums of money stay in `micros`.
    public var units: Double { Double(micros) / 1_000_000 }

    /// The sum, or `nil` where the currencies differ or the sum overflows.
    public func adding(_ other: Money) -> Money? {
        let (sum, overflow) = micros.addingReportingOverflow(other.micros)
        return overflow || currency != other.currency ? nil : Money(micros: sum, currency: currency)
    }

    /// By amount within one currency; different currencies order by code, so that sorting is total.
    public static func < (left: Money, right: Money) -> Bool {
        left.currency == right.currency ? left.micros < right.micros : left.currency < right.currency
    }
}
