/// A trainable matrix with its gradient, in memory that stays in place: tapes and optimisers work on it without copies.
///
/// It is a value: a copy shares the memory until one of the two changes.
public struct Parameter: Sendable {
    public let rows: Int
    public let columns: Int
    private var box: ParameterBox

    /// A parameter with the elements of `matrix`.
    public init(_ matrix: Matrix) {
        rows = matrix.rows
        columns = matrix.columns
        box = ParameterBox(ParameterMemory(count: matrix.count))
        write(matrix)
    }

    public var count: Int { rows * columns }

    /// Its elements as a matrix; reading copies them, writing needs the same shape.
    public var value: Matrix {
        get { Matrix(rows: rows, columns: columns, elements: Array(UnsafeBufferPointer(start: pointer, count: count))) }
        set { write(newValue) }
    }

    /// What the last backward passes left for the optimiser; `nil` where nothing reached it.
    public var gradient: Matrix? {
        guard memory.hasGradient, let gradient = memory.gradient else { return nil }
        return Matrix(
            rows: rows, columns: columns, elements: Array(UnsafeBufferPointer(start: gradient, count: count)))
    }

    /// Gives `body` the elements, row-major, without a copy.
    public func withValues<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
        try body(UnsafeBufferPointer(start: pointer, count: count))
    }

    /// Gives `body` the elements to change in place.
    public mutating func withMutableValues<Result>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeMutableBufferPointer(start: own(), count: count))
    }

    var memory: ParameterMemory { box.memory }

    /// The elements, for reading.
    var pointer: UnsafeMutablePointer<Float> { box.memory.value }

    /// The elements for writing, in memory that no other parameter shares.
    mutating func own() -> UnsafeMutablePointer<Float> {
        ensureUnique()
        box.memory.noteChange()
        return box.memory.value
    }

    mutating func ensureUnique(keepingGradient: Bool = false) {
        if !isKnownUniquelyReferenced(&box) { box = ParameterBox(box.memory.copy(withGradient: keepingGradient)) }
    }

    private mutating func write(_ matrix: Matrix) {
        precondition(matrix.rows == rows && matrix.columns == columns, "a parameter keeps its shape")
        let target = own()
        matrix.elements.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { target.update(from: start, count: source.count) }
        }
    }
}

extension Parameter: Equatable {
    /// Whether shapes and elements are equal.
    public static func == (left: Parameter, right: Parameter) -> Bool {
        left.rows == right.rows && left.columns == right.columns
            && (0..<left.count).allSatisfy { left.pointer[$0] == right.pointer[$0] }
    }
}
