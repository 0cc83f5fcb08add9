import LabRuns
import LabSimulation

/// Single numbers of an EmoSeq population that a configuration sets anew, over preset and switches.
///
/// Every parameter can be set; what is not set stands as `null` in the configuration and stays the preset's.
struct PopulationKnobs: Codable, Sendable, Equatable {
    /// By the parameter's name.
    private(set) var values: [String: ConfigurationValue] = [:]

    init() {}

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys where try !container.decodeNil(forKey: key) {
            values[key.stringValue] = try container.decode(ConfigurationValue.self, forKey: key)
        }
    }

    /// All names, so that the complete configuration shows what could be set.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, _) in Self.documented {
            if let value = values[name] {
                try container.encode(value, forKey: Key(name))
            } else {
                try container.encodeNil(forKey: Key(name))
            }
        }
    }

    /// The parameters with what is set here; throws `RunsError.invalidSetting` where a value has the wrong form.
    func applied(to parameters: EmoSeqParameters, under group: String) throws -> EmoSeqParameters {
        guard !values.isEmpty else { return parameters }
        var tree = try ConfigurationValue(encoding: parameters)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let given = tree
            tree.set(value, at: [name])
            // One at a time, so that the message can name the one that is wrong.
            guard (try? tree.decode(as: EmoSeqParameters.self)) != nil else {
                throw RunsError.invalidSetting(
                    key: "\(group).\(name)", value: value.inlineYAML,
                    requirement: "of the form of \((given[name] ?? .null).inlineYAML)")
            }
        }
        return try tree.decode(as: EmoSeqParameters.self)
    }

    /// The settings of a configuration that has these knobs under `group`.
    static func settings(under group: String) -> [Setting] {
        documented.map { Setting("\(group).\($0.name)", $0.documentation) }
    }
}
