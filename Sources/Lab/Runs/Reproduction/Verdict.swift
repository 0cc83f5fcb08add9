/// What came of running a run again.
public enum Verdict: Sendable, Equatable {
    /// The result digest came out again.
    case identical
    /// It did not; the first thing that differs.
    case differs(Difference)
    /// The stored run is not what was sealed, so nothing can be compared.
    case damaged(run: String, file: String, problem: String)
    /// On another numeric profile: figures were compared with tolerance; `nil` where all of them agree.
    case otherProfile(difference: Difference?)

    /// Whether the run counts as reproduced.
    public var isReproduced: Bool {
        switch self {
        case .identical, .otherProfile(difference: nil): true
        case .differs, .damaged, .otherProfile: false
        }
    }

    /// One word for programs.
    public var name: String {
        switch self {
        case .identical: "identical"
        case .differs: "differs"
        case .damaged: "damaged"
        case .otherProfile(let difference): difference == nil ? "agrees" : "differs"
        }
    }

    /// One sentence for people.
    public var description: String {
        switch self {
        case .identical: "identical"
        case .differs(let difference): "differs: \(difference)"
        case .damaged(let run, let file, let problem): "damaged: \(run): \(file) \(problem)"
        case .otherProfile(nil): "agrees: other numeric profile, every figure within its interval or 1e-3"
        case .otherProfile(let difference?): "differs beyond the tolerance for another numeric profile: \(difference)"
        }
    }
}

/// The first thing in which two runs differ.
public struct Difference: Sendable, Equatable, Codable, CustomStringConvertible {
    /// Parts of a run in the order in which they are compared.
    public enum Part: String, Sendable, Codable {
        case seed
        case code
        case profile
        case parent
        case dataset
        case configuration
        case metric
        case figure
        case table
        case note
        case artifact
    }

    public var part: Part
    /// Which one: a key, a metric with its step, a figure, a table with row and column, an artifact with its place.
    public var place: String
    public var original: String
    public var again: String
    /// What follows from it, where the difference is one of the inputs.
    public var effect: String?

    public init(_ part: Part, _ place: String, original: String, again: String, effect: String? = nil) {
        self.part = part
        self.place = place
        self.original = original
        self.again = again
        self.effect = effect
    }

    public var description: String {
        let name = place.isEmpty ? part.rawValue : "\(part.rawValue) \(place)"
        return "\(name): \(original) before, \(again) now" + (effect.map { "; \($0)" } ?? "")
    }
}
