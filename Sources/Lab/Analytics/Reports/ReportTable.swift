import LabCharts

/// A table for people: numbers right-aligned in tabular digits, the first column naming the row.
public struct ReportTable: Sendable {
    /// One column.
    public struct Column: Sendable {
        public var name: String
        public var format: NumberFormat

        public init(_ name: String, _ format: NumberFormat = .significant(4)) {
            self.name = name
            self.format = format
        }
    }

    /// One cell.
    public enum Cell: Sendable, Equatable {
        case text(String)
        case number(Double)
        /// An estimate with its interval.
        case estimate(Double, lower: Double, upper: Double)
        /// A word with a sign and a colour.
        case mark(ReportTone, String)
        /// An identifier or digest, in fixed width.
        case code(String)
        case missing
    }

    public var caption: Prose
    public var columns: [Column]
    public var rows: [[Cell]]
    /// Index of a row set apart, such as the one that was chosen.
    public var highlighted: Int?

    public init(caption: Prose, columns: [Column], rows: [[Cell]], highlighted: Int? = nil) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.highlighted = highlighted
    }
}

extension ReportTable {
    var element: Markup {
        let numeric = columns.indices.map { column in
            rows.contains { row in
                guard column < row.count else { return false }
                switch row[column] {
                case .number, .estimate: return true
                default: return false
                }
            }
        }
        let head = columns.indices.map { column -> Markup in
            .node("th", ["scope": "col", "class": numeric[column] ? "n" : nil], text: columns[column].name)
        }
        let body = rows.enumerated().map { index, row -> Markup in
            let cells = columns.indices.map { column -> Markup in
                let content = column < row.count ? row[column].element(columns[column].format) : .text("")
                let style: String? = numeric[column] ? "n" : nil
                return column == 0
                    ? .node("th", ["scope": "row", "class": style], [content])
                    : .node("td", ["class": style], [content])
            }
            return .node("tr", ["class": index == highlighted ? "chosen" : nil], cells)
        }
        let table = Markup.node(
            "table", [:],
            [
                .node("caption", [:], caption.pieces), .node("thead", [:], [.node("tr", [:], head)]),
                .node("tbody", [:], body),
            ])
        // A wide table scrolls by itself, not the page; the tab stop lets a keyboard do it.
        return .node("div", ["class": "scroll", "tabindex": "0"], [table])
    }
}

extension ReportTable.Cell {
    func element(_ format: NumberFormat) -> Markup {
        switch self {
        case .text(let text): return .text(text)
        case .number(let value): return .text(format.string(value))
        case .estimate(let value, let lower, let upper):
            return .group([
                .text(format.string(value)), .text(" "),
                .node("span", ["class": "interval"], text: format.string(lower, upper)),
            ])
        case .mark(let tone, let word): return tone.badge(word)
        case .code(let text): return .node("code", text: text)
        case .missing: return .node("span", ["class": "interval"], text: "–")
        }
    }
}

extension ReportTone {
    func badge(_ word: String) -> Markup {
        .node(
            "span", ["class": "mark \(rawValue)"],
            [.node("span", ["aria-hidden": "true"], text: sign), .text(" " + word)])
    }
}
