public import LabDomain

/// What a model costs, in millionths of the currency per million tokens: 2.50 a million is 2,500,000.
public struct ModelPrice: Hashable, Codable, Sendable {
    public let model: String
    public let inputPerMillion: Int64
    public let outputPerMillion: Int64
    public let cachedInputPerMillion: Int64
    public let cacheWritePerMillion: Int64
    public let currency: String
    public let source: String
    /// ISO 8601 date of the look-up.
    public let asOf: String

    public init(
        model: String, inputPerMillion: Int64, outputPerMillion: Int64, cachedInputPerMillion: Int64? = nil,
        cacheWritePerMillion: Int64? = nil, currency: String = "EUR", source: String, asOf: String
    ) {
        self.model = model
        self.inputPerMillion = inputPerMillion
        self.outputPerMillion = outputPerMillion
        // A price that is not stated is the full one, never nothing.
        self.cachedInputPerMillion = cachedInputPerMillion ?? inputPerMillion
        self.cacheWritePerMillion = cacheWritePerMillion ?? inputPerMillion
        self.currency = currency
        self.source = source
        self.asOf = asOf
    }

    /// The price of a usage, rounded up to the next millionth.
    public func cost(_ usage: TokenUsage) -> Money {
        let parts = [
            (usage.input, inputPerMillion), (usage.output, outputPerMillion),
            (usage.cachedInput, cachedInputPerMillion), (usage.cacheWrite, cacheWritePerMillion),
        ]
        let total = parts.reduce(Int64(0)) { $0 + Int64(max($1.0, 0)) * $1.1 }
        return Money(micros: (total + 999_999) / 1_000_000, currency: currency)
    }

    /// The most that a request can cost. A token covers at least one byte, so bytes bound the tokens of the prompt; 16
    /// a message are left for the vendor's framing.
    public func ceiling(_ request: CompletionRequest) -> Money {
        let bytes = request.messages.reduce(0) { $0 + $1.content.utf8.count + 16 }
        let dearest = max(inputPerMillion, cacheWritePerMillion, cachedInputPerMillion)
        let total = Int64(bytes) * dearest + Int64(request.maximumOutputTokens) * outputPerMillion
        return Money(micros: (total + 999_999) / 1_000_000, currency: currency)
    }
}

/// Prices by model.
public struct PriceTable: Hashable, Codable, Sendable {
    public let prices: [ModelPrice]

    public init(_ prices: [ModelPrice]) { self.prices = prices }

    /// The price of a model; throws `CreativeError.noPrice`, since an unknown price cannot be capped.
    public func price(of model: String) throws -> ModelPrice {
        guard let price = prices.first(where: { $0.model == model }) else { throw CreativeError.noPrice(model: model) }
        return price
    }

    /// The stub costs nothing to run; a small model's price is booked, so that budgets act as they would live.
    public static let stub = PriceTable([
        ModelPrice(
            model: "stub-copywriter-1", inputPerMillion: 500_000, outputPerMillion: 2_000_000,
            source: "notional, of the size of small hosted models", asOf: "2026-11-22")
    ])
}
