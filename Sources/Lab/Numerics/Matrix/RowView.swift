/// A row or column of a matrix, without a copy of its elements.
public struct RowView: RandomAccessCollection, Sendable {
    public let count: Int
    private let elements: [Float]
    private let offset: Int
    /// How far apart its elements lie.
    private let step: Int

    init(_ elements: [Float], offset: Int, count: Int, step: Int) {
        self.elements = elements
        self.offset = offset
        self.count = count
        self.step = step
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public subscript(position: Int) -> Float {
        precondition(position >= 0 && position < count, "an element is outside the row")
        return elements[offset + position * step]
    }
}
