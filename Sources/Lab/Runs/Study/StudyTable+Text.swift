import LabCharts

extension StudyTable {
    /// One row a figure and variant with everything that is known of it, every seed's value last (RFC 4180).
    var csv: String {
        let (means, differences, values) = (figures, differences, values)
        let compared = differences.columns.dropFirst(3).map { $0 == "lower" || $0 == "upper" ? "difference \($0)" : $0 }
        var lines = [means.columns + compared + values.columns.dropFirst(2)]
        for (row, seeds) in zip(means.rows, values.rows) {
            let other = differences.rows.first { $0[0] == row[0] && $0[1] == row[2] }
            let cells = row + (other?.dropFirst(3).map(\.self) ?? compared.map { _ in .empty }) + seeds.dropFirst(2)
            lines.append(cells.map { Self.plain($0) })
        }
        return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
    }

    /// The tables with their notes, for a page or a review.
    var markdown: String {
        var text = "# Study of \(MarkdownText.escaped(experiment))\n\n"
        text += notes.map { "- \(MarkdownText.escaped($0))\n" }.joined()
        for (title, table) in [
            ("Means", figures), ("Differences to the first variant", differences), ("Values", values),
        ]
        where !table.rows.isEmpty {
            text += "\n## \(title)\n\n" + MarkdownText.table(table)
        }
        return text
    }

    private static func plain(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): text
        case .number(let number) where number == number.rounded() && abs(number) < 1e15: String(Int64(number))
        case .number(let number): number.description
        case .empty: ""
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

/// Text and tables for Markdown that stay what they are, whatever they hold.
public enum MarkdownText {
    /// Text in which no character has a meaning for Markdown or HTML.
    public static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~": result += "\\\(character)"
            case "\n", "\r", "\r\n": result += " "
            default: result.append(character)
            }
        }
        return result
    }

    /// A table with numbers to four significant digits.
    public static func table(_ table: ResultTable) -> String {
        let numeric = table.columns.indices.map { column in
            table.rows.allSatisfy { row in if case .text = row[column] { false } else { true } }
        }
        let format = NumberFormat.significant(4)
        return self.table(
            table.columns,
            table.rows.map { row in
                row.map { cell in
                    switch cell {
                    case .text(let text): text
                    case .number(let number) where number == number.rounded() && abs(number) < 1e9:
                        NumberFormat.integer.string(number)
                    case .number(let number): format.string(number)
                    case .empty: ""
                    }
                }
            }, numeric: numeric)
    }

    /// A table of texts; `numeric` columns stand to the right.
    public static func table(_ columns: [String], _ rows: [[String]], numeric: [Bool] = []) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.map(escaped).joined(separator: " | ") + " |\n" }
        let rule = columns.indices.map { numeric.indices.contains($0) && numeric[$0] ? "---:" : "---" }
        return line(columns) + "| " + rule.joined(separator: " | ") + " |\n" + rows.map(line).joined()
    }
}
