/// Texts, each with one class.
public struct LabelledTexts: Sendable, Hashable {
    /// Names in the order of their numbers.
    public let classes: [String]
    public private(set) var texts: [String]
    /// The class of each text, as a place in `classes`.
    public private(set) var labels: [Int]

    /// `texts` and `labels` are equally many, each label a place in `classes`.
    public init(classes: [String], texts: [String] = [], labels: [Int] = []) {
        precondition(texts.count == labels.count, "each text needs one label")
        precondition(labels.allSatisfy(classes.indices.contains), "a label is no class")
        self.classes = classes
        self.texts = texts
        self.labels = labels
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
        LabelledTexts(classes: classes, texts: places.map { texts[$0] }, labels: places.map { labels[$0] })
    }

    public mutating func append(_ text: String, label: Int) {
        precondition(classes.indices.contains(label), "a label is no class")
        texts.append(text)
        labels.append(label)
    }

    /// Adds texts with the same classes.
    public mutating func append(_ other: LabelledTexts) {
        precondition(other.classes == classes, "classes differ")
        texts += other.texts
        labels += other.labels
    }
}
