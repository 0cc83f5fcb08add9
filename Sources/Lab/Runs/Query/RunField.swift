import Foundation
import LabStorage

/// What can be asked of a run: a field of its own such as `seed`, or one of a group such as `figures.f1`.
public struct RunField: Sendable, Equatable {
    /// What a field's values are.
    public enum Kind: Sendable, Equatable {
        case text
        case number
        /// Unix seconds in the index, ISO 8601 in queries and output.
        case moment
        case bool
        /// One of these words.
        case choice([String])
        /// Any number of words.
        case list
        /// Whatever the experiment put there.
        case any
    }

    public let name: String
    public let kind: Kind
    /// A few words.
    public let summary: String

    /// The state that the index gives to a run whose files do not match its seal.
    public static let damaged = "damaged"

    /// The fields that every run has.
    public static let own: [RunField] = [
        RunField(name: "run", kind: .text, summary: "experiment and number"),
        RunField(name: "id", kind: .text, summary: "ULID"),
        RunField(name: "experiment", kind: .text, summary: "name of the experiment"),
        RunField(name: "number", kind: .number, summary: "number in this workspace"),
        RunField(name: "verb", kind: .choice(Verb.allCases.map(\.rawValue)), summary: "what was done"),
        RunField(name: "smoke", kind: .bool, summary: "whether it was the short form"),
        RunField(name: "seed", kind: .number, summary: "seed of all random streams"),
        RunField(
            name: "state", kind: .choice(RunState.allCases.map(\.rawValue) + [damaged]), summary: "how far it is"),
        RunField(name: "problem", kind: .text, summary: "what is wrong with a damaged run"),
        RunField(name: "started", kind: .moment, summary: "when it started"),
        RunField(name: "sealed", kind: .moment, summary: "when it was sealed"),
        RunField(name: "seconds", kind: .number, summary: "from start to seal"),
        RunField(name: "code", kind: .text, summary: "digest of the program"),
        RunField(name: "result", kind: .text, summary: "digest of the result"),
        RunField(name: "parents", kind: .list, summary: "ids of the runs it read"),
        RunField(name: "figures", kind: .list, summary: "names of its figures"),
        RunField(name: "tags", kind: .list, summary: "words put beside it"),
        RunField(name: "notes", kind: .text, summary: "sentences put beside it"),
    ]

    /// The groups whose members experiments choose, with what their members are.
    public static let groups: [(prefix: String, summary: String)] = [
        ("figures.", "a figure; figures.NAME.lower and .upper are its interval, .level, .unit and .count more"),
        ("metrics.", "the figure of that name, else the metric's last value; .last, .min, .max and .count"),
        ("config.", "a setting"),
        ("datasets.", "the digest of a dataset"),
    ]

    static func own(_ name: String) -> RunField? { own.first { $0.name == name } }

    /// The field of that name, or the known name nearest to it.
    ///
    /// - Parameter members: the members of groups that some run has.
    static func find(_ name: String, members: Set<String>) -> (field: RunField?, nearest: String?) {
        if let own = own(name) { return (own, nil) }
        let isMember = sources(of: name).contains(where: members.contains)
        // Without any run nothing is known, and nothing can be mistaken.
        if isMember || (members.isEmpty && groups.contains { name.hasPrefix($0.prefix) }) {
            return (RunField(name: name, kind: .any, summary: ""), nil)
        }
        for group in groups where members.contains(group.prefix + name) { return (nil, group.prefix + name) }
        let word = name.split(separator: ".").last.map(String.init) ?? name
        for group in groups where members.contains(group.prefix + word) { return (nil, group.prefix + word) }
        return (nil, NearestName.of(name, among: own.map(\.name) + members.sorted()))
    }

    /// The stored fields that a name stands for; the first that a run has counts.
    static func sources(of name: String) -> [String] {
        guard name.hasPrefix("metrics.") else { return [name] }
        let rest = name.dropFirst("metrics.".count)
        return [name, "figures.\(rest)", "metrics.\(rest).last"]
    }
}
