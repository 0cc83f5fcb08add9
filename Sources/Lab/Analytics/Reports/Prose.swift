import LabCharts

/// Text for a report with a few marks in it: emphasis, code, figures. Everything interpolated is plain text.
///
/// ```swift
/// let prose: Prose = "The policy earns \(strong: "9.1 EUR") a customer in run \(code: run)."
/// ```
public struct Prose: Sendable, Equatable, ExpressibleByStringInterpolation {
    var pieces: [Markup]

    public init(stringLiteral value: String) { pieces = [.text(value)] }

    public init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

    /// Plain text that was not written as a literal.
    public init(_ text: String) { pieces = [.text(text)] }

    /// The text without marks.
    public var plainText: String { pieces.map(Prose.text).joined() }

    private static func text(_ markup: Markup) -> String {
        switch markup {
        case .text(let text): text
        case .element(_, _, let children), .group(let children): children.map(text).joined()
        case .style: ""
        }
    }

    /// Collects the pieces of an interpolated literal.
    public struct Interpolation: StringInterpolationProtocol {
        var pieces: [Markup] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.text(literal)) }
        }

        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            pieces.append(.text(value.description))
        }

        public mutating func appendInterpolation(_ value: Double, _ format: NumberFormat) {
            pieces.append(.text(format.string(value)))
        }

        public mutating func appendInterpolation(strong text: String) { pieces.append(.node("strong", text: text)) }

        public mutating func appendInterpolation(emphasis text: String) { pieces.append(.node("em", text: text)) }

        public mutating func appendInterpolation(code text: String) { pieces.append(.node("code", text: text)) }
    }
}
