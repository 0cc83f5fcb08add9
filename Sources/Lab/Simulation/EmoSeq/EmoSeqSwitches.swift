/// What can make a preset easier, harder or more tempting; can be combined. Coded as a list of names.
public struct EmoSeqSwitches: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The observation is clean: segment and emotion are almost known, the nuisance is faint.
    public static let easy = EmoSeqSwitches(rawValue: 1)
    /// The observation is twice as noisy.
    public static let noisy = EmoSeqSwitches(rawValue: 2)
    /// The logging policy does nearly always the same and tries little else.
    public static let poorOverlap = EmoSeqSwitches(rawValue: 4)
    /// Effects change with the period of an episode.
    public static let nonStationary = EmoSeqSwitches(rawValue: 8)
    /// The logger looks at the hidden emotion, and records the propensity that an observer would compute.
    public static let confounded = EmoSeqSwitches(rawValue: 16)
    /// Distress raises short-term conversion to promotion; the harm comes later as complaints and churn.
    public static let exploitable = EmoSeqSwitches(rawValue: 32)

    static let named: [(name: String, value: EmoSeqSwitches)] = [
        ("easy", .easy), ("noisy", .noisy), ("poor-overlap", .poorOverlap), ("non-stationary", .nonStationary),
        ("confounded", .confounded), ("exploitable", .exploitable),
    ]

    /// The names of all switches.
    public static let names = named.map(\.name)

    /// The names of those that are turned, in one fixed order.
    public var names: [String] { Self.named.filter { contains($0.value) }.map(\.name) }

    /// Throws `SimulationError.unknownSwitch` for a name that is none.
    public init(names: some Sequence<String>) throws {
        self = []
        for name in names {
            guard let entry = Self.named.first(where: { $0.name == name }) else {
                throw SimulationError.unknownSwitch(name)
            }
            insert(entry.value)
        }
    }
}

extension EmoSeqSwitches: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(names: [String](from: decoder))
    }

    public func encode(to encoder: any Encoder) throws { try names.encode(to: encoder) }
}
