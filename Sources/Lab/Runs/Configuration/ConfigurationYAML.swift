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
        if settings.isEmpty, seed == nil { lines.append("{}") }
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

    private static func quoted(_ text: String) -> String {
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
}
