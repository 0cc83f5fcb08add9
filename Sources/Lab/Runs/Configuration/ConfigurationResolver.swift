import Foundation
import LabStorage

/// Puts a configuration together: defaults (or another base), then a file, then single settings.
///
/// Unknown keys, wrong types and values out of range are errors that name the key, its place and what was expected.
public struct ConfigurationResolver<C: ExperimentConfiguration>: Sendable {
    var tree: ConfigurationValue
    let reference: ConfigurationValue
    var places: [String: (source: String, line: Int?)] = [:]
    /// The seed that a file or a single setting gave under the reserved key `seed`.
    public private(set) var seed: UInt64?

    /// Starts from a complete configuration.
    public init(base: C = C()) throws {
        tree = try ConfigurationValue(encoding: base)
        reference = tree
    }

    /// Takes everything that a YAML text sets.
    public mutating func apply(yaml text: String, source: String) throws {
        let document = try YAMLDocument(text, source: source)
        guard case .object = document.value else {
            throw RunsError.malformedYAML(source: source, line: 1, problem: "it must be a mapping of settings")
        }
        try merge(document.value, at: [], from: document)
    }

    /// Takes one setting of the form `key=value`; the value is read like one in YAML.
    ///
    /// - Parameter option: how the setting was given, for messages.
    public mutating func apply(override text: String, option: String = "--set") throws {
        guard let split = text.firstIndex(of: "="), split != text.startIndex else {
            throw RunsError.malformedOverride(text)
        }
        let key = String(text[..<split]).trimmingCharacters(in: .whitespaces)
        let path = key.split(separator: ".").map(String.init)
        let source = "\(option) \(text)"
        let document = try YAMLDocument(String(text[text.index(after: split)...]), source: source)
        // An empty text is an empty document, not an empty mapping.
        let given = text.index(after: split) == text.endIndex ? ConfigurationValue.text("") : document.value
        var nested = ConfigurationValue.object([:])
        nested.set(given, at: path)
        let placed = document.moved(under: key, value: nested)
        try merge(nested, at: [], from: placed)
    }

    /// The finished configuration, validated.
    public func resolved() throws -> C {
        let configuration: C
        do {
            configuration = try tree.decode(as: C.self)
        } catch let error as DecodingError {
            throw misfit() ?? translated(error)
        }
        try configuration.validate()
        return configuration
    }

    private mutating func merge(_ value: ConfigurationValue, at path: [String], from document: YAMLDocument) throws {
        let key = path.joined(separator: ".")
        if path == [ConfigurationYAML.seedKey] {
            seed = try seed(from: value, document)
            return
        }
        let isSetting = C.settings.contains { $0.key == key }
        let isGroup = path.isEmpty || C.settings.contains { $0.key.hasPrefix(key + ".") }
        guard isSetting || isGroup else {
            throw RunsError.unknownKey(
                key: key, source: document.source, line: document.line(of: key),
                nearest: NearestName.of(key, among: C.settings.map(\.key)))
        }
        if isGroup, !isSetting {
            guard case .object(let members) = value else {
                throw RunsError.wrongType(
                    key: key, source: document.source, line: document.line(of: key), expected: "a mapping",
                    found: value.kind)
            }
            for name in members.keys.sorted() {
                if let member = members[name] { try merge(member, at: path + [name], from: document) }
            }
            return
        }
        places[key] = (document.source, document.line(of: key))
        var taken = value
        // A setting of text type takes unquoted numbers and words as they stand.
        if case .text? = reference[path], let plain = document.plainTexts[key] { taken = .text(plain) }
        tree.set(taken, at: path)
    }

    private func seed(from value: ConfigurationValue, _ document: YAMLDocument) throws -> UInt64 {
        switch value {
        case .integer(let integer) where integer >= 0: return UInt64(integer)
        case .unsigned(let unsigned): return unsigned
        default:
            throw RunsError.wrongType(
                key: ConfigurationYAML.seedKey, source: document.source,
                line: document.line(of: ConfigurationYAML.seedKey), expected: "a whole number from 0",
                found: "\(value.kind) (\(value.inlineYAML))")
        }
    }
}
