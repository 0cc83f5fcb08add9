import Testing

@testable import LabDomain

@Suite("Money")
struct MoneyTests {
    @Test("rounds to the nearest millionth, ties to even")
    func rounding() {
        #expect(Money(units: 1.25)?.micros == 1_250_000)
        #expect(Money(units: 0.000_000_5)?.micros == 0)
        #expect(Money(units: 0.000_001_5)?.micros == 2)
        #expect(Money(units: -0.000_000_6)?.micros == -1)
    }

    @Test("has no amount for what is no number or does not fit", arguments: [Double.nan, .infinity, -.infinity, 1e13])
    func noAmount(units: Double) {
        #expect(Money(units: units) == nil)
    }

    @Test("never adds different currencies and never wraps around")
    func adding() {
        let euro = Money(micros: 2)
        #expect(euro.adding(Money(micros: 3)) == Money(micros: 5))
        #expect(euro.adding(Money(micros: 3, currency: "USD")) == nil)
        #expect(Money(micros: .max).adding(Money(micros: 1)) == nil)
    }

    @Test("orders totally, also across currencies")
    func order() {
        let amounts = [
            Money(micros: 5, currency: "USD"), Money(micros: 9), Money(micros: -1), Money(micros: 2, currency: "USD"),
        ]
        #expect(amounts.sorted().map(\.micros) == [-1, 9, 2, 5])
    }
}
