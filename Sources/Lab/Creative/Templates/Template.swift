/// Text with typed slots: `{name}`, `{name|fallback}`, `{name:type}`, `{name:type|fallback}`; braces are `{{` and `}}`.
public struct Template: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case literal(String)
        case slot(Slot)
    }

    /// A place for a value.
    public struct Slot: Hashable, Sendable {
        public let name: String
        /// `text`, `count`, `percent` or `money`; `nil` takes any.
        public let type: String?
        /// What stands there when the value is missing or does not fit.
        public let fallback: String?
    }

    /// Named in errors.
    public let name: String
    public let source: String
    let pieces: [Piece]

    /// The slots in the order of the text.
    public var slots: [Slot] {
        pieces.compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
    }

    /// Throws `CreativeError.malformedTemplate`.
    public init(name: String, _ source: String) throws {
        self.name = name
        self.source = source
        var pieces: [Piece] = []
        var literal = ""
        let characters = Array(source)
        var index = 0
        while index < characters.count {
            let character = characters[index]
            let doubled = index + 1 < characters.count && characters[index + 1] == character
            switch character {
            case "{" where doubled, "}" where doubled:
                literal.append(character)
                index += 2
            case "{":
                guard let end = characters[index...].firstIndex(of: "}") else {
                    throw CreativeError.malformedTemplate(
                        template: name, position: index, reason: "the brace never closes")
                }
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(.slot(try Self.slot(String(characters[(index + 1)..<end]), in: name, at: index)))
                index = end + 1
            case "}":
                throw CreativeError.malformedTemplate(template: name, position: index, reason: "nothing was opened")
            default:
                literal.append(character)
                index += 1
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
    }

    private static func slot(_ content: String, in template: String, at position: Int) throws -> Slot {
        let halves = content.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = (halves.first ?? "").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
            throw CreativeError.malformedTemplate(
                template: template, position: position, reason: "a slot's name has letters, digits and _ only")
        }
        let type = parts.count > 1 ? String(parts[1]) : nil
        guard type.map(["text", "count", "percent", "money"].contains) ?? true else {
            throw CreativeError.malformedTemplate(
                template: template, position: position, reason: "'\(type ?? "")' is no type of slots")
        }
        return Slot(name: name, type: type, fallback: halves.count > 1 ? String(halves[1]) : nil)
    }
}
