import Foundation

/// Writes a configuration as YAML that people read: in the settings' order, with their documentation.
public enum ConfigurationYAML {
    /// The key under which a file carries the seed; no experiment may use it for a setting of its own.
    public static let seedKey = "seed"

    /// The complete text of `config.yaml`; settings without a value stand as `null`.
    public static func text(
        _ value: ConfigurationValue, settings: [Setting], seed: UInt64? = nil, title: String? = nil
    ) -> String {
        var lines = title.map { ["# \($0)"] } ?? []
        if let seed { lines += ["# What every random stream is derived from.", "\(seedKey): \(seed)"] }
        if settings.isEmpty {
            let members = block(value, depth: 0)
            return (lines + (members.isEmpty && seed == nil ? ["{}"] : members)).joined(separator: "\n") + "\n"
        }
        var open: [String] = []
        for setting in settings {
            let path = setting.key.split(separator: ".").map(String.init)
            let groups = Array(path.dropLast())
            let shared = zip(open, groups).prefix { $0 == $1 }.count
            for (depth, group) in groups.enumerated().dropFirst(shared) { lines.append(indent(depth) + group + ":") }
            open = groups
            let unit = setting.unit.map { " [\($0)]" } ?? ""
            lines.append("\(indent(groups.count))# \(setting.documentation)\(unit)")
            let text = (value[path] ?? .null).inlineYAML
            lines.append("\(indent(groups.count))\(path.last ?? setting.key): \(text)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The members of a mapping that no settings describe, by key.
    private static func block(_ value: ConfigurationValue, depth: Int) -> [String] {
        guard case .object(let members) = value else { return [] }
        return members.sorted { $0.key < $1.key }.flatMap { key, member -> [String] in
            let head = indent(depth) + ConfigurationValue.quoted(key) + ":"
            if case .object(let inner) = member, !inner.isEmpty { return [head] + block(member, depth: depth + 1) }
            return [head + " " + member.inlineYAML]
        }
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}

extension ConfigurationValue {
    /// One line of YAML 1.2 that reads back as this value; lists and mappings in flow style.
    public var inlineYAML: String {
        switch self {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .integer(let integer): String(integer)
        case .unsigned(let unsigned): String(unsigned)
        case .number(let number): number.description
        case .text(let text): Self.quoted(text)
        case .list(let items): "[" + items.map(\.inlineYAML).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { Self.quoted($0.key) + ": " + $0.value.inlineYAML }
                .joined(separator: ", ") + "}"
        }
    }

    static func quoted(_ text: String) -> String {
        // What YAML allows as an escape only.
        if text.unicodeScalars.contains(where: { !isPrintable($0) }) { return MLflowText.quoted(text) }
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
        if plain, text.first?.isLetter == true || text == ".inf" || text == "-.inf" || text == ".nan",
            ConfigurationValue(plainScalar: text) == .text(text)
        {
            return text
        }
        var line = LineBuffer()
        line.append("\"")
        MetricLine.appendEscaped(text, to: &line)
        line.append("\"")
        return String(decoding: line.bytes, as: UTF8.self)
    }

    /// YAML 1.2, section 5.1.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Line breaks of YAML 1.1, which a reader folds, and the byte order mark.
        case 0x85, 0x2028, 0x2029, 0xFEFF: false
        case 0...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }
}
