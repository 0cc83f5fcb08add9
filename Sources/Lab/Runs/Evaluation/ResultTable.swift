/// Rows of evidence: a name, columns, and one cell a column in each row.
public struct ResultTable: Codable, Sendable, Equatable {
    public var name: String
    public var columns: [String]
    /// Every row has as many cells as there are columns.
    public var rows: [[Cell]]

    public init(_ name: String, columns: [String], rows: [[Cell]] = []) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}

/// One cell of a table: a text, a number, or nothing.
public enum Cell: Sendable, Equatable {
    case text(String)
    case number(Double)
    case empty

    /// The number or empty.
    public init(_ value: Double?) { self = value.map { .number($0) } ?? .empty }
    /// The text or empty.
    public init(_ value: String?) { self = value.map { .text($0) } ?? .empty }
    public init(_ value: Int) { self = .number(Double(value)) }
}

extension Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    public init(nilLiteral: ()) { self = .empty }
}

extension Cell: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .empty
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .empty: try container.encodeNil()
        }
    }
}
