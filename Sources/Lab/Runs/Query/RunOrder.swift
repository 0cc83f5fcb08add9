/// Puts runs in order: by a column, then by experiment and number.
struct RunOrder {
    private struct Key {
        /// 0 for numbers, 1 for texts, 2 for nothing and not-a-number, which come last either way.
        var group: UInt8
        var number: Double
        var text: Int32
        var place: UInt64
        var slot: Int
    }

    /// Rank of the experiment's name and number, packed.
    private let places: [UInt64]

    init(_ experiments: Column, _ numbers: Column) {
        let ranks = Self.ranks(experiments.strings)
        places = experiments.kinds.indices.map { slot in
            guard experiments.kinds[slot] == Column.Kind.text else { return .max }
            return UInt64(ranks[Int(experiments.codes[slot])]) << 32
                | UInt64(UInt32(clamping: Int(numbers.numbers[slot])))
        }
    }

    func sorted(_ slots: [Int], by column: Column?, descending: Bool) -> [Int] {
        guard let column else {
            return slots.sorted { descending ? places[$0] > places[$1] : places[$0] < places[$1] }
        }
        let ranks = Self.ranks(column.strings)
        var keys = slots.map { slot -> Key in
            var key = Key(group: 2, number: 0, text: 0, place: places[slot], slot: slot)
            switch column.kinds[slot] {
            case Column.Kind.number, Column.Kind.bool, Column.Kind.whole:
                guard !column.numbers[slot].isNaN else { break }
                key.group = 0
                key.number = column.numbers[slot]
            case Column.Kind.text:
                key.group = 1
                key.text = ranks[Int(column.codes[slot])]
            default: break
            }
            return key
        }
        keys.sort { left, right in
            if left.group != right.group {
                return left.group == 2 || right.group == 2
                    ? left.group < right.group : (left.group < right.group) != descending
            }
            if left.number != right.number { return (left.number < right.number) != descending }
            if left.text != right.text { return (left.text < right.text) != descending }
            return left.place < right.place
        }
        return keys.map(\.slot)
    }

    /// The place of each text among the sorted different ones.
    private static func ranks(_ texts: [String]) -> [Int32] {
        var rank: [String: Int32] = [:]
        for (position, text) in Set(texts).sorted().enumerated() { rank[text] = Int32(position) }
        return texts.map { rank[$0] ?? 0 }
    }
}
