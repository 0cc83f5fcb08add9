/// Tells a customer's segment from the observation: the largest of some features, where it stands out.
public struct SegmentRule: Codable, Sendable, Equatable {
    /// Where in the observation the segments' features lie, one a segment.
    public let features: [Int]
    /// By how much the largest must exceed the second; below that the segment is not known.
    public let margin: Float

    public init(features: [Int], margin: Float) {
        self.features = features
        self.margin = margin
    }

    /// The segment of an observation as it was seen, `nil` where it is not clear.
    func segment(_ observation: ArraySlice<Float>) -> Int? {
        guard features.count > 1 else { return nil }
        let values = features.map { observation[observation.startIndex + $0] }
        let order = values.indices.sorted { values[$0] > values[$1] }
        return values[order[0]] - values[order[1]] >= margin ? order[0] : nil
    }
}
