import Foundation

/// One thing that is known of a run: what queries compare, sort by and show.
public enum RunValue: Sendable, Equatable {
    /// The run has nothing under that name.
    case missing
    /// Any number, not-a-number included; moments are Unix seconds.
    case number(Double)
    /// The digits of a whole number that no `Double` holds exactly.
    case whole(String)
    case bool(Bool)
    case text(String)

    /// The whole number, exactly.
    init(_ value: UInt64) { self = Self.exact(Double(value), UInt64(exactly: Double(value)) == value, value) }

    init(_ value: Int64) { self = Self.exact(Double(value), Int64(exactly: Double(value)) == value, value) }

    init(_ value: Int) { self.init(Int64(value)) }

    /// The text, or nothing where it is `nil` or empty.
    init(_ text: String?) { self = text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .missing }

    init(_ date: Date) { self = .number(date.timeIntervalSince1970) }

    /// A leaf of a configuration: lists and mappings as one line of YAML, `null` as nothing.
    init(_ value: ConfigurationValue) {
        switch value {
        case .null: self = .missing
        case .bool(let bool): self = .bool(bool)
        case .integer(let integer): self.init(integer)
        case .unsigned(let unsigned): self.init(unsigned)
        case .number(let number): self = .number(number)
        case .text(".nan"): self = .number(.nan)
        case .text(".inf"): self = .number(.infinity)
        case .text("-.inf"): self = .number(-.infinity)
        case .text(let text): self = .text(text)
        case .list, .object: self = .text(value.inlineYAML)
        }
    }

    private static func exact(_ number: Double, _ isExact: Bool, _ value: some BinaryInteger) -> RunValue {
        isExact ? .number(number) : .whole(String(value))
    }

    /// The number, where it is one; the nearest `Double` of a larger whole number; 0 and 1 for false and true.
    public var number: Double? {
        switch self {
        case .number(let number): number
        case .whole(let digits): Double(digits)
        case .bool(let bool): bool ? 1 : 0
        case .missing, .text: nil
        }
    }

    /// The text, where it is one.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
}
