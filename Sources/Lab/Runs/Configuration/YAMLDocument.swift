import Foundation
import Yams

/// A YAML text as a configuration tree that remembers its lines.
///
/// Plain scalars are read by YAML 1.2's core schema (`yes` is a text); quoted ones are texts.
struct YAMLDocument: Sendable {
    /// Where the text came from, for messages.
    let source: String
    let value: ConfigurationValue
    /// Line numbers from 1, by dotted key.
    let lines: [String: Int]
    /// The text of plain scalars, by dotted key: what a setting of text type takes instead of a number.
    let plainTexts: [String: String]

    init(_ text: String, source: String) throws {
        var reader = Reader(source: source)
        do {
            guard let node = try Yams.compose(yaml: text) else {
                self.init(source: source, value: .object([:]), lines: [:], plainTexts: [:])
                return
            }
            let value = try reader.value(of: node, at: [])
            self.init(source: source, value: value, lines: reader.lines, plainTexts: reader.plainTexts)
        } catch let error as YamlError {
            throw Self.translated(error, source: source)
        }
    }

    init(source: String, value: ConfigurationValue, lines: [String: Int], plainTexts: [String: String]) {
        self.source = source
        self.value = value
        self.lines = lines
        self.plainTexts = plainTexts
    }

    private static func translated(_ error: YamlError, source: String) -> RunsError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .malformedYAML(source: source, line: mark.line, problem: problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            .malformedYAML(
                source: source, line: context.mark.line,
                problem: "a key stands twice: \(duplicates.map { "\($0)" }.sorted().joined(separator: ", "))")
        default: .malformedYAML(source: source, line: nil, problem: "\(error)")
        }
    }

    private struct Reader {
        let source: String
        var lines: [String: Int] = [:]
        var plainTexts: [String: String] = [:]

        mutating func value(of node: Node, at path: [String]) throws -> ConfigurationValue {
            let key = path.joined(separator: ".")
            lines[key] = node.mark?.line
            switch node {
            case .scalar(let scalar):
                if scalar.style == .plain || scalar.style == .any { plainTexts[key] = scalar.string }
                return Self.scalar(scalar)
            case .sequence(let sequence):
                return .list(
                    try sequence.enumerated().map { try value(of: $0.element, at: path + [String($0.offset)]) })
            case .mapping(let mapping):
                var members: [String: ConfigurationValue] = [:]
                for (name, child) in mapping {
                    guard case .scalar(let text) = name else {
                        throw RunsError.malformedYAML(
                            source: source, line: name.mark?.line, problem: "a key must be a plain word")
                    }
                    members[text.string] = try value(of: child, at: path + [text.string])
                    lines[(path + [text.string]).joined(separator: ".")] = name.mark?.line
                }
                return .object(members)
            case .alias:
                throw RunsError.malformedYAML(
                    source: source, line: node.mark?.line, problem: "aliases are not used here")
            }
        }

        static func scalar(_ scalar: Node.Scalar) -> ConfigurationValue {
            guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
            return ConfigurationValue(plainScalar: scalar.string)
        }
    }
}

extension ConfigurationValue {
    /// What an unquoted word means by YAML 1.2's core schema.
    init(plainScalar text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .bool(true)
        case "false", "False", "FALSE": self = .bool(false)
        default:
            let digits = text.drop { $0 == "-" || $0 == "+" }
            if let integer = Int64(text) {
                self = .integer(integer)
            } else if let unsigned = UInt64(text) {
                self = .unsigned(unsigned)
            } else if let first = digits.first, first.isASCII, first.isNumber || first == ".",
                !digits.hasPrefix("0x"), let number = Double(text), number.isFinite
            {
                self = .number(number)
            } else {
                self = .text(text)
            }
        }
    }
}
