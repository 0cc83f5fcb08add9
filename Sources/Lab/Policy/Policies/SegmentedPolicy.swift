public import LabDomain

/// One policy for each segment, and one for everybody else: customers whose segment is not clear, and segments of which the
/// log has too little.
public struct SegmentedPolicy: PolicyScorer {
    public let rule: SegmentRule
    /// One a segment of the rule; `nil` falls back.
    public let segments: [(any PolicyScorer)?]
    public let fallback: any PolicyScorer
    public var schema: StateSchema { fallback.schema }
    public var actionCount: Int { fallback.actionCount }

    /// Throws `PolicyError.schemaMismatch` where a segment's policy decides on other observations or actions.
    public init(rule: SegmentRule, segments: [(any PolicyScorer)?], fallback: any PolicyScorer) throws {
        for case let policy? in segments
        where policy.schema != fallback.schema || policy.actionCount != fallback.actionCount {
            throw PolicyError.schemaMismatch(
                policy: "\(fallback.schema.name), \(fallback.actionCount) actions",
                found: "\(policy.schema.name), \(policy.actionCount) actions")
        }
        self.rule = rule
        self.segments = segments
        self.fallback = fallback
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let width = schema.features.count
        let rows = states.count / max(width, 1)
        try checkShape(rows: rows, permitted: permitted)
        // Rows by who decides; the last group falls back.
        var groups = [[Int]](repeating: [], count: segments.count + 1)
        for row in 0..<rows {
            let segment = rule.segment(states[row * width..<(row + 1) * width])
            let known = segment.flatMap { $0 < segments.count && segments[$0] != nil ? $0 : nil }
            groups[known ?? segments.count].append(row)
        }
        var result = [Float](repeating: 0, count: permitted.count)
        for (group, members) in groups.enumerated() where !members.isEmpty {
            let policy = group < segments.count ? segments[group] ?? fallback : fallback
            let chosen: [Float]
            do {
                chosen = try policy.probabilities(
                    states: members.flatMap { states[$0 * width..<($0 + 1) * width] },
                    permitted: members.flatMap { permitted[$0 * actionCount..<($0 + 1) * actionCount] })
            } catch PolicyError.nothingPermitted(let row) {
                // By its place among all, not in its group.
                throw PolicyError.nothingPermitted(row: members[row])
            }
            for (place, row) in members.enumerated() {
                for action in 0..<actionCount {
                    result[row * actionCount + action] = chosen[place * actionCount + action]
                }
            }
        }
        return result
    }
}
