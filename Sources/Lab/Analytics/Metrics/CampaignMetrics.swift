public import LabStatistics

/// What a campaign did for each customer, in their order: the columns that its figures are made of.
public struct CustomerColumns: Sendable, Equatable {
    public var segments: [Int32]
    public var impressions: [Double]
    public var clicks: [Double]
    public var conversions: [Double]
    /// Revenue less cost of contacts, discounted, in currency units.
    public var values: [Double]
    /// Undiscounted, in currency units.
    public var spend: [Double]

    public init(
        segments: [Int32], impressions: [Double], clicks: [Double], conversions: [Double], values: [Double],
        spend: [Double]
    ) {
        self.segments = segments
        self.impressions = impressions
        self.clicks = clicks
        self.conversions = conversions
        self.values = values
        self.spend = spend
    }

    /// The customers at these places.
    public func selecting(_ places: [Int]) -> CustomerColumns {
        CustomerColumns(
            segments: places.map { segments[$0] }, impressions: places.map { impressions[$0] },
            clicks: places.map { clicks[$0] }, conversions: places.map { conversions[$0] },
            values: places.map { values[$0] }, spend: places.map { spend[$0] })
    }
}

/// A figure of a campaign.
public enum CampaignMetric: String, Sendable, CaseIterable, Codable {
    /// Clicks an impression.
    case clickThroughRate
    /// Share of customers who bought at least once.
    case conversionRate
    /// Purchases a customer.
    case conversions
    /// Discounted value a customer, in currency units.
    case value
    /// Cost of contacts a customer, in currency units.
    case spend
    /// Ads a customer.
    case impressions

    /// The figure with its interval: delta method for the ratio, Wilson for the share, t for means.
    public func estimate(_ columns: CustomerColumns, level: Double = 0.95) throws -> Estimate {
        switch self {
        case .clickThroughRate:
            try RatioEstimate.estimate(columns.clicks, columns.impressions, level: level)
        case .conversionRate:
            try wilson(
                successes: columns.conversions.count { $0 > 0 }, trials: columns.conversions.count, level: level)
        case .conversions, .value, .spend, .impressions: meanInterval(perCustomer(columns), level: level)
        }
    }

    /// First less second, over the same customers in the same order.
    public func pairedDifference(
        _ first: CustomerColumns, _ second: CustomerColumns, level: Double = 0.95
    ) throws -> Estimate {
        if self == .clickThroughRate {
            return try RatioEstimate.pairedDifference(
                (first.clicks, first.impressions), (second.clicks, second.impressions), level: level)
        }
        let (left, right) = (perCustomer(first), perCustomer(second))
        guard left.count == right.count else {
            throw AnalyticsError.lengthsDiffer(figure: rawValue, left: left.count, right: right.count)
        }
        return meanInterval(zip(left, right).map { $0 - $1 }, level: level)
    }

    private func perCustomer(_ columns: CustomerColumns) -> [Double] {
        switch self {
        case .clickThroughRate: zip(columns.clicks, columns.impressions).map { $1 > 0 ? $0 / $1 : 0 }
        case .conversionRate: columns.conversions.map { $0 > 0 ? 1 : 0 }
        case .conversions: columns.conversions
        case .value: columns.values
        case .spend: columns.spend
        case .impressions: columns.impressions
        }
    }
}
