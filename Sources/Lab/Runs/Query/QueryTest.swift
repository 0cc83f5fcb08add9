/// Tests on single values.
enum QueryTest {
    /// A comparison with one value.
    struct Comparison {
        let comparator: Condition.Comparator
        let value: RunValue
        private let number: Double?

        init(_ comparator: Condition.Comparator, _ value: RunValue) {
            self.comparator = comparator
            self.value = value
            number = if case .number(let number) = value { number } else { nil }
        }

        func holds(number left: Double) -> Bool {
            if let number { return !number.isNaN && !left.isNaN && comparator.holds(left, number) }
            return holds(.number(left))
        }

        func holds(text left: String) -> Bool {
            guard case .text(let right) = value else { return comparator == .notEqual && !(number?.isNaN ?? false) }
            return comparator.holds(left, right)
        }

        func holds(_ left: RunValue) -> Bool {
            switch (left, value) {
            case (.missing, _), (_, .missing): return false
            case (.number(let a), .number(let b)): return !a.isNaN && !b.isNaN && comparator.holds(a, b)
            case (.whole(let a), .whole(let b)):
                if a == b { return comparator.holds(0, 0) }
                return comparator.holds(Self.order(a, b), 0)
            case (.whole, .number(let b)), (.number(let b), .whole):
                // Never equal: what a Double holds exactly is a number.
                guard !b.isNaN, let a = left.number, let c = value.number else { return false }
                return a == c ? comparator == .notEqual : comparator.holds(a, c)
            case (.bool(let a), .bool(let b)):
                return comparator == .equal ? a == b : comparator == .notEqual && a != b
            case (.text(let a), .text(let b)): return comparator.holds(a, b)
            default:
                // Values of different kinds are different and in no order.
                if case .number(let number) = left, number.isNaN { return false }
                if number?.isNaN ?? false { return false }
                return comparator == .notEqual
            }
        }

        /// −1 or 1: which of two different whole numbers, as digits, is the smaller.
        private static func order(_ a: String, _ b: String) -> Int {
            let isNegative = (a.hasPrefix("-"), b.hasPrefix("-"))
            if isNegative.0 != isNegative.1 { return isNegative.0 ? -1 : 1 }
            let isSmaller = a.count == b.count ? a < b : a.count < b.count
            return isSmaller != isNegative.0 ? -1 : 1
        }
    }
}

/// A pattern in which `*` stands for any text, the empty one too.
struct Wildcard: Sendable {
    private let pieces: [Substring]

    init(_ pattern: String) { pieces = pattern.split(separator: "*", omittingEmptySubsequences: false) }

    func matches(_ text: String) -> Bool {
        guard let first = pieces.first, let last = pieces.last else { return false }
        guard pieces.count > 1 else { return text == first }
        guard text.hasPrefix(first), text.dropFirst(first.count).hasSuffix(last) else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        // The earliest place for each piece leaves most for those after it.
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
