import Foundation
import LabCharts
import LabRuns

/// Values of the environment that must not stand in a file that others read.
struct Secrets: Sendable {
    /// Words in a variable's name that make its value a secret.
    private static let words = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL"]
    /// Shorter values would mask ordinary words.
    private static let shortest = 6

    private let values: [String]

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let found = environment.filter { name, value in
            value.count >= Self.shortest && Self.words.contains { name.uppercased().contains($0) }
        }
        // The longest first: one secret may be a part of another.
        values = Set(found.values).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// The text without the values, as they are or as the formats escape them.
    func masked(_ text: String) -> String {
        values.reduce(text) { text, value in
            [value, Markup.escaped(value), MarkdownText.escaped(value)].reduce(text) { $0.replacing($1, with: "***") }
        }
    }
}
