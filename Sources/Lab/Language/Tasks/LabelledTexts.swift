/// Texts, each with one class.
public struct LabelledTexts: Sendable, Hashable {
    /// Names in the order of their numbers.
    public let classes: [String]
    public private(set) var texts: [String]
    /// The class of each text, as a place in `classes`.
    public private(set) var labels: [Int]
    /// The group that each text belongs to, such as a platform, empty where it belongs to none; `nil` where nobody said.
    public private(set) var segments: [String]?

    /// `texts`, `labels` and `segments` are equally many, each label a place in `classes`.
    public init(classes: [String], texts: [String] = [], labels: [Int] = [], segments: [String]? = nil) {
        precondition(texts.count == labels.count, "each text needs one label")
        precondition(segments.map { $0.count == texts.count } ?? true, "each text needs one segment")
        precondition(labels.allSatisfy(classes.indices.contains), "a label is no class")
        self.classes = classes
        self.texts = texts
        self.labels = labels
        self.segments = segments
    }

    public var count: Int { texts.count }

    /// How many texts each class has.
    public var support: [Int] {
        var counts = [Int](repeating: 0, count: classes.count)
        for label in labels { counts[label] += 1 }
        return counts
    }

    /// The texts at `places`, in that order.
    public func gathering(_ places: [Int]) -> LabelledTexts {
        LabelledTexts(
            classes: classes, texts: places.map { texts[$0] }, labels: places.map { labels[$0] },
            segments: segments.map { segments in places.map { segments[$0] } })
    }

    public mutating func append(_ text: String, label: Int) {
        precondition(classes.indices.contains(label), "a label is no class")
        texts.append(text)
        labels.append(label)
        segments?.append("")
    }

    /// Adds texts with the same classes; segments are kept where all have them.
    public mutating func append(_ other: LabelledTexts) {
        precondition(other.classes == classes, "classes differ")
        if texts.isEmpty {
            segments = other.segments
        } else if !other.texts.isEmpty {
            segments = segments.flatMap { own in other.segments.map { own + $0 } }
        }
        texts += other.texts
        labels += other.labels
    }
}
