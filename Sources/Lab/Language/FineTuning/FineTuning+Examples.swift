extension FineTuning {
    /// Texts as ids with what they are.
    public struct Examples: Sendable, Equatable {
        /// What texts are.
        public enum Targets: Sendable, Equatable {
            /// One class each.
            case classes([Int])
            /// Any number of labels each.
            case labels([[Int]])
        }

        /// Of each text, special ids included.
        public let ids: [[Int32]]
        public let targets: Targets

        public init(ids: [[Int32]], targets: Targets) {
            self.ids = ids
            self.targets = targets
        }

        /// Texts of one class each.
        public init(ids: [[Int32]], classes: [Int]) { self.init(ids: ids, targets: .classes(classes)) }

        public var count: Int { ids.count }

        var hasLabels: Bool {
            if case .labels = targets { true } else { false }
        }

        /// The classes of texts; empty where they have labels.
        var classes: [Int] {
            if case .classes(let classes) = targets { classes } else { [] }
        }

        /// 1 for each label that a text has, row-major [texts, labels], for the texts at `places`.
        func indicators(_ places: [Int], labels count: Int) -> [Float] {
            guard case .labels(let labels) = targets else { return [] }
            var result = [Float](repeating: 0, count: places.count * count)
            for (row, place) in places.enumerated() { for label in labels[place] { result[row * count + label] = 1 } }
            return result
        }

        /// - Throws: `LanguageError.noExamples`, `.badRecipe` where targets do not fit, and as `TransformerModel.check`.
        func validate(_ what: String, for model: TransformerModel, labels names: [String]) throws {
            guard count > 0 else { throw LanguageError.noExamples(what: what) }
            let (number, largest, least) =
                switch targets {
                case .classes(let classes): (classes.count, classes.max() ?? 0, classes.min() ?? 0)
                case .labels(let labels):
                    (labels.count, labels.joined().max() ?? 0, labels.joined().min() ?? 0)
                }
            guard number == count else {
                throw LanguageError.badRecipe("\(what): there are \(count) texts and \(number) labels")
            }
            guard least >= 0, largest < names.count else {
                throw LanguageError.badRecipe(
                    "\(what): the label \(least < 0 ? least : largest) is none of \(names.count)")
            }
            try model.check(ids)
        }
    }
}
