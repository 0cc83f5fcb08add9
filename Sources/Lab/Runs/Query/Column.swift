/// One field of all runs, packed: what filters and sorting go over.
struct Column: Sendable, Equatable {
    enum Kind {
        static let missing: UInt8 = 0
        static let number: UInt8 = 1
        static let text: UInt8 = 2
        static let whole: UInt8 = 3
        static let bool: UInt8 = 4
    }

    /// One entry a slot; a slot is one run's place, or empty.
    private(set) var kinds: [UInt8] = []
    private(set) var numbers: [Double] = []
    /// Where a text stands in `strings`.
    private(set) var codes: [Int32] = []
    private(set) var strings: [String] = []

    init() {}

    init(slots: Int) { extend(to: slots) }

    init(_ values: [RunValue]) {
        for value in values { append(value) }
    }

    subscript(slot: Int) -> RunValue {
        guard slot < kinds.count else { return .missing }
        return switch kinds[slot] {
        case Kind.number: .number(numbers[slot])
        case Kind.text: .text(strings[Int(codes[slot])])
        case Kind.whole: .whole(strings[Int(codes[slot])])
        case Kind.bool: .bool(numbers[slot] != 0)
        default: .missing
        }
    }

    /// Fills up with nothing until there are so many slots.
    mutating func extend(to slots: Int) {
        guard slots > kinds.count else { return }
        kinds.append(contentsOf: repeatElement(Kind.missing, count: slots - kinds.count))
        numbers.append(contentsOf: repeatElement(0, count: slots - numbers.count))
        codes.append(contentsOf: repeatElement(0, count: slots - codes.count))
    }

    mutating func append(_ value: RunValue) {
        switch value {
        case .missing: append(Kind.missing)
        case .number(let number): append(Kind.number, number)
        case .bool(let bool): append(Kind.bool, bool ? 1 : 0)
        case .text(let text): append(Kind.text, code: intern(text))
        case .whole(let digits): append(Kind.whole, Double(digits) ?? .nan, code: intern(digits))
        }
    }

    mutating func append(_ kind: UInt8, _ number: Double = 0, code: Int32 = 0) {
        kinds.append(kind)
        numbers.append(number)
        codes.append(code)
    }

    /// Adds a text to the table of texts; equal texts may stand there more than once.
    mutating func intern(_ text: String) -> Int32 {
        if strings.last == text { return Int32(strings.count - 1) }
        strings.append(text)
        return Int32(strings.count - 1)
    }

    /// Puts another column's values where this one has nothing.
    func filled(from other: Column) -> Column {
        let slots = max(kinds.count, other.kinds.count)
        var result = Column()
        for slot in 0..<slots {
            let own = self[slot]
            result.append(own == .missing ? other[slot] : own)
        }
        return result
    }
}
