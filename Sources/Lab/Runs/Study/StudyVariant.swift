/// One way in which a study sets an experiment: settings `key=value`, laid over what all variants share.
public struct StudyVariant: Sendable, Hashable {
    /// What tables and figures call it: its settings, or `base` where it has none.
    public let name: String
    /// Each of the form `key=value`.
    public let overrides: [String]

    /// The variant that changes nothing.
    public static let base = StudyVariant(name: "base", overrides: [])

    private init(name: String, overrides: [String]) {
        self.name = name
        self.overrides = overrides
    }

    /// Reads `a=1,b=[2,3]`; an empty text is `base`.
    ///
    /// - Throws: `RunsError.malformedVariant`.
    public init(_ text: String) throws {
        guard !text.allSatisfy(\.isWhitespace) else {
            self = .base
            return
        }
        var keys: Set<String> = []
        let parts = Self.split(text)
        for part in parts {
            let key = try Self.setting(part, in: text).key
            guard keys.insert(key).inserted else {
                throw RunsError.malformedVariant(text: text, problem: "it sets '\(key)' twice")
            }
        }
        self.init(name: parts.joined(separator: ","), overrides: parts)
    }

    /// The grid over `a=1,2` and `b=3,4`: `a=1,b=3`, `a=1,b=4`, `a=2,b=3`, `a=2,b=4`; nothing for nothing.
    ///
    /// - Throws: `RunsError.malformedVariant`.
    public static func grid(_ axes: [String]) throws -> [String] {
        var keys: Set<String> = []
        var grid: [String] = []
        for axis in axes {
            let (key, values) = try setting(axis, in: axis)
            guard keys.insert(key).inserted else {
                throw RunsError.malformedVariant(text: axis, problem: "'\(key)' is varied twice")
            }
            let cells = split(values).map { "\(key)=\($0)" }
            grid = grid.isEmpty ? cells : grid.flatMap { before in cells.map { "\(before),\($0)" } }
        }
        return grid
    }

    private static func setting(_ part: String, in text: String) throws -> (key: String, value: String) {
        guard let place = part.firstIndex(of: "="), place != part.startIndex else {
            throw RunsError.malformedVariant(text: text, problem: "'\(part)' is not of the form key=value")
        }
        let key = part[..<place].trimmingPrefix { $0 == " " }
        let value = part[part.index(after: place)...]
        if key == ConfigurationYAML.seedKey {
            throw RunsError.malformedVariant(text: text, problem: "seeds are no setting of a variant; use --seeds")
        }
        guard !value.isEmpty else {
            throw RunsError.malformedVariant(text: text, problem: "'\(key)' has no value")
        }
        return (String(key), String(value))
    }

    /// The parts between commas that stand in no bracket and no quotes.
    static func split(_ text: String) -> [String] {
        var parts: [String] = [""]
        var depth = 0
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if "[{".contains(character) {
                depth += 1
            } else if "]}".contains(character) {
                depth -= 1
            } else if character == ",", depth == 0 {
                parts.append("")
                continue
            }
            parts[parts.count - 1].append(character)
        }
        return parts
    }
}
