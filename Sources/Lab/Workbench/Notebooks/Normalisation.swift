import Foundation

/// What differs from one execution to the next and is therefore not compared: times, ids, paths.
public struct Normalisation: Sendable, Equatable {
    /// A regular expression of Foundation and the template that replaces what it finds.
    struct Rule: Sendable, Equatable {
        let pattern: String
        let replacement: String
    }

    let rules: [Rule]

    /// Throws `WorkbenchError.malformedNotebook` for a line that is no rule.
    init(rules lines: [(line: Int, text: String)], path: String) throws {
        rules = try lines.map { line, text in
            let parts = text.components(separatedBy: " => ")
            guard parts.count == 2, (try? NSRegularExpression(pattern: parts[0])) != nil else {
                throw WorkbenchError.malformedNotebook(
                    path: path, line: line, problem: "'\(text)' is not 'regular expression => replacement'")
            }
            return Rule(pattern: parts[0], replacement: parts[1])
        }
    }

    /// The text with every rule applied in order.
    public func applied(to text: String) -> String {
        rules.reduce(text) { text, rule in
            text.replacingOccurrences(of: rule.pattern, with: rule.replacement, options: .regularExpression)
        }
    }

    /// Numbers replaced by `#`, and what their width moves: on another numeric profile last digits may differ.
    static func withoutNumbers(_ text: String) -> String {
        text.replacingOccurrences(
            of: "[-−]?[0-9]+([.,][0-9]+)*(e[+-]?[0-9]+)?", with: "#", options: .regularExpression
        ).replacingOccurrences(of: " {2,}|─+", with: " ", options: .regularExpression)
    }
}
