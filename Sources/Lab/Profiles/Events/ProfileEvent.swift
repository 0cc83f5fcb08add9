public import LabDomain

/// Something that happened between a customer and us, as far as it may be kept: numbers and choices, never a text.
public enum ProfileEvent: Hashable, Sendable {
    /// What a model read in a post: calibrated probabilities in the order of `Sentiment`; `nil` where nothing could be
    /// read.
    case reading(SIMD3<Float>?)
    /// An ad was shown on one of the account's channels.
    case impression(CreativeKind, channel: Int)
    /// How often the customer engaged.
    case engagement(count: Int)
    /// A purchase, before the cost of contact.
    case purchase(Money)
    /// It was decided not to contact the customer for some periods.
    case wait(periods: Int)
    /// The customer left.
    case churn
    /// The customer objected, or took an objection back.
    case objection(Bool)

    /// The number by which the store keeps the kind.
    var code: Int64 {
        switch self {
        case .reading: 0
        case .impression: 1
        case .engagement: 2
        case .purchase: 3
        case .wait: 4
        case .churn: 5
        case .objection: 6
        }
    }
}

/// An event with whom it concerns and when.
public struct ProfileRecord: Hashable, Sendable {
    public let customer: CustomerID
    /// Seconds since 1970 in UTC; of a simulated customer the period.
    public let time: Int64
    public let event: ProfileEvent

    public init(customer: CustomerID, time: Int64, event: ProfileEvent) {
        self.customer = customer
        self.time = time
        self.event = event
    }
}
