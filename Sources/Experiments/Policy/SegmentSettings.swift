import LabDomain
import LabPolicy
import LabRuns

/// Whether segments have networks of their own, and how a customer's segment is told.
public struct SegmentSettings: Codable, Sendable, Equatable {
    public var separate = false
    /// The observation's features that begin so tell the segments, one each.
    public var prefix = "segment.proxy."
    /// By how much the largest must exceed the second; else the segment is unclear and the shared network decides.
    public var margin = 0.5
    /// Segments with fewer transitions to learn from share.
    public var minimumTransitions = 2_000

    public init() {}

    public func validate() throws {
        guard margin >= 0, margin.isFinite else {
            throw PolicyError.invalidSetting(name: "margin", value: "\(margin)", requirement: "0 or more")
        }
        guard minimumTransitions >= 1 else {
            throw PolicyError.invalidSetting(
                name: "minimumTransitions", value: "\(minimumTransitions)", requirement: "at least 1")
        }
    }

    /// The rule for observations of a schema.
    ///
    /// Throws `PolicyError.invalidSetting` where fewer than two features begin so.
    func rule(_ schema: StateSchema) throws -> SegmentRule {
        let features = schema.features.indices.filter { schema.features[$0].hasPrefix(prefix) }
        guard features.count > 1 else {
            throw PolicyError.invalidSetting(
                name: "segments.prefix", value: prefix,
                requirement: "the beginning of two or more features of \(schema.name)")
        }
        return SegmentRule(features: features, margin: Float(margin))
    }

    static let documentation = [
        Setting(
            "segments.separate", "Whether each segment has a network of its own, with a shared one to fall back on."),
        Setting("segments.prefix", "The observation's features that begin so tell the segments, one each."),
        Setting(
            "segments.margin", "By how much the largest of them must exceed the second, else the segment is unclear."),
        Setting(
            "segments.minimumTransitions", "Segments with fewer transitions use the shared network.",
            unit: "transitions"),
    ]
}
