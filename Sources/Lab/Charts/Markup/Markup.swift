/// A piece of HTML or SVG as a value: text is escaped where it is written out, so that no caller can forget it.
///
/// Only element and attribute names, which are static strings of this module, are written as they are.
public indirect enum Markup: Sendable, Equatable {
    /// Character data; escaped on output.
    case text(String)
    /// An element; attribute values are escaped on output.
    case element(String, [Attribute], [Markup])
    /// Siblings without an element around them.
    case group([Markup])
    /// A style sheet of this module's own: never made from input.
    case style(StaticText)

    /// One attribute; the order of attributes is the order of output.
    public struct Attribute: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(_ name: StaticString, _ value: String) {
            self.name = "\(name)"
            self.value = value
        }
    }

    /// Text that can only be a literal of a program.
    public struct StaticText: Sendable, Equatable {
        let content: String

        public init(_ literal: StaticString) { content = "\(literal)" }
    }
}

extension Markup {
    /// An element with attributes in the order given; pairs whose value is `nil` are left out.
    package static func node(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], _ children: [Markup] = []
    ) -> Markup {
        .element("\(name)", attributes.compactMap { name, value in value.map { Attribute(name, $0) } }, children)
    }

    /// An element that holds text only.
    package static func node(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], text: String
    ) -> Markup {
        node(name, attributes, [.text(text)])
    }
}
