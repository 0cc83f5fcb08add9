/// Groups of customers by what was observed of them; rules, not inference, and none about a special category.
public enum ObservedSegment: Int, CaseIterable, Codable, Sendable, Hashable {
    /// Fewer than two known readings.
    case new = 0
    /// The averaged readings are mostly negative.
    case troubled = 1
    /// The averaged readings are mostly positive.
    case content = 2
    /// Neither, and getting worse.
    case declining = 3
    /// None of these.
    case steady = 4

    /// The averaged probability at which a mood gives a segment its name.
    static let mostly = 0.5
    /// The trend at or below which a mood is getting worse.
    static let worsening = -0.1

    public var name: String {
        switch self {
        case .new: "new"
        case .troubled: "troubled"
        case .content: "content"
        case .declining: "declining"
        case .steady: "steady"
        }
    }

    init(_ profile: CustomerProfile) {
        let journey = profile.journey
        if journey.known < 2 {
            self = .new
        } else if journey.average.x >= Self.mostly {
            self = .troubled
        } else if journey.average.z >= Self.mostly {
            self = .content
        } else {
            self = journey.trend <= Self.worsening ? .declining : .steady
        }
    }
}
