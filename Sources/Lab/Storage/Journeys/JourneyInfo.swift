/// A further quantity logged with episodes, such as propensities or what was permitted.
public struct JourneyInfo: Sendable, Equatable, CustomStringConvertible {
    /// What one item of the quantity belongs to.
    public enum Scope: String, Sendable {
        /// A decision: T items an episode (propensity of the action that was taken).
        case step
        /// An observation: T + 1 items an episode (what was permitted, how the text was read).
        case observation
        /// A whole episode: one item (customer, segment).
        case episode
    }

    public var scope: Scope
    /// Values in an item: 1, or for example 12 for a mask over 12 actions.
    public var width: Int
    public var values: HDF5Values

    public init(_ scope: Scope, width: Int = 1, _ values: HDF5Values) {
        self.scope = scope
        self.width = width
        self.values = values
    }

    public var description: String { "\(values.kind.rawValue) × \(width) for each \(scope.rawValue)" }

    func accepts(_ other: JourneyInfo) -> Bool {
        scope == other.scope && width == other.width && values.kind == other.values.kind
    }

    var emptied: JourneyInfo { JourneyInfo(scope, width: width, values[0..<0]) }

    mutating func append(_ other: JourneyInfo) { values.append(other.values) }

    /// The items at some places.
    func items(_ range: Range<Int>) -> JourneyInfo {
        JourneyInfo(scope, width: width, values[(range.lowerBound * width)..<(range.upperBound * width)])
    }
}

extension JourneyInfo.Scope {
    func items(steps: Int, episodes: Int) -> Int {
        switch self {
        case .step: steps
        case .observation: steps + episodes
        case .episode: episodes
        }
    }

    func range(_ episode: Int, steps: Range<Int>, rows: Range<Int>) -> Range<Int> {
        switch self {
        case .step: steps
        case .observation: rows
        case .episode: episode..<(episode + 1)
        }
    }
}
