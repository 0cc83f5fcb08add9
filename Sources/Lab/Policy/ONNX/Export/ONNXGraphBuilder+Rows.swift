extension ONNXGraphBuilder {
    /// a + b; a value of one column is added to every column.
    public mutating func add(_ a: Value, _ b: Value) -> Value { node("Add", [a, b]) }

    /// a − b.
    public mutating func subtract(_ a: Value, _ b: Value) -> Value { node("Sub", [a, b]) }

    /// a · b, element by element.
    public mutating func multiply(_ a: Value, _ b: Value) -> Value { node("Mul", [a, b]) }

    /// a / b, element by element.
    public mutating func divide(_ a: Value, by b: Value) -> Value { node("Div", [a, b]) }

    /// Every element times one number.
    public mutating func scale(_ value: Value, by factor: Float) -> Value {
        factor == 1 ? value : multiply(value, constant(factor))
    }

    /// The mean of each row, [N, 1].
    public mutating func mean(_ value: Value) -> Value {
        node("ReduceMean", [value], ["axes": .integers([1]), "keepdims": .integer(1)], name: "mean")
    }

    /// The largest element of each row, [N, 1].
    public mutating func maximum(_ value: Value) -> Value {
        node("ReduceMax", [value], ["axes": .integers([1]), "keepdims": .integer(1)], name: "maximum")
    }

    /// The sum of each row, [N, 1].
    public mutating func sum(_ value: Value) -> Value {
        let axes = constant("axes", ONNXTensor(shape: [1], [Int64(1)]))
        return node("ReduceSum", [value, axes], ["keepdims": .integer(1)], name: "sum")
    }

    /// Each row less its largest element.
    public mutating func subtractMaximum(_ value: Value) -> Value { subtract(value, maximum(value)) }

    /// eˣ / Σ eˣ of each row.
    public mutating func softmax(_ value: Value) -> Value { node("Softmax", [value], ["axis": .integer(1)]) }

    /// Columns of several values beside each other.
    public mutating func join(_ values: [Value]) -> Value { node("Concat", values, ["axis": .integer(1)]) }

    /// Some columns of a value.
    public mutating func columns(_ range: Range<Int>, of value: Value) -> Value {
        func list(_ number: Int) -> ONNXTensor { ONNXTensor(shape: [1], [Int64(number)]) }
        let bounds = [
            constant("start", list(range.lowerBound)), constant("end", list(range.upperBound)),
            constant("axis", list(1)),
        ]
        return node("Slice", [value] + bounds, name: "columns")
    }

    /// Whether a > b, as truth values.
    public mutating func isGreater(_ a: Value, than b: Value) -> Value { node("Greater", [a, b]) }

    /// Whether both hold.
    public mutating func both(_ a: Value, _ b: Value) -> Value { node("And", [a, b]) }

    /// `a` where the condition holds, else `b`.
    public mutating func select(_ condition: Value, _ a: Value, else b: Value) -> Value {
        node("Where", [condition, a, b], name: "selected")
    }

    /// Truth values as 1 and 0.
    public mutating func number(_ condition: Value) -> Value {
        node("Cast", [condition], ["to": .integer(Int64(ONNXElementType.float.rawValue))])
    }

    /// The scores where an action is permitted, else −∞.
    public mutating func masked(_ scores: Value, _ permitted: Value) -> Value {
        select(permitted, scores, else: constant(-.infinity))
    }

    /// The column of the largest element of each row, of equals the first: [N, 1], 64-bit integers.
    public mutating func place(ofLargestIn value: Value) -> Value {
        node("ArgMax", [value], ["axis": .integer(1), "keepdims": .integer(1)], name: "place")
    }

    /// 1 in the column that `place` [N, 1] names and 0 in the other `columns`.
    public mutating func indicator(_ place: Value, columns: Int) -> Value {
        let all = constant("columns", ONNXTensor(shape: [1, columns], (0..<columns).map { Int64($0) }))
        return number(node("Equal", [place, all], name: "isChosen"))
    }

    /// For each row that value of `choices` whose number `index` [N, 1] names; the last for all numbers beyond.
    ///
    /// So a network for each segment is expressed: all are computed, and each row takes its own.
    public mutating func choose(_ index: Value, among choices: [Value]) -> Value {
        guard var result = choices.last else { return index }
        for (number, choice) in choices.enumerated().dropLast().reversed() {
            let here = constant("choice", ONNXTensor(shape: [1, 1], [Int64(number)]))
            result = select(node("Equal", [index, here], name: "isChoice"), choice, else: result)
        }
        return result
    }

    /// Probabilities of the greedy policy of `scores` over what is permitted; `epsilon` of the mass is spread evenly.
    public mutating func greedy(_ scores: Value, permitted: Value, epsilon: Float, actions: Int) -> Value {
        let best = indicator(place(ofLargestIn: masked(scores, permitted)), columns: actions)
        guard epsilon > 0 else { return best }
        let open = number(permitted)
        let even = divide(open, by: sum(open))
        return add(scale(best, by: 1 - epsilon), scale(even, by: epsilon))
    }
}
