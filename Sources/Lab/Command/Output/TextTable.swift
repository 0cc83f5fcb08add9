/// A table for people: columns as wide as their widest cell, numbers to the right, two spaces between.
public struct TextTable: Sendable {
    public var columns: [String]
    public var rows: [[String]]

    public init(_ columns: [String], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// The lines of the table; one without rows has its head only.
    public var lines: [String] {
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { Self.width($0[safe: column] ?? "") }.max() ?? 0 }
        let numeric = columns.indices.map { column in
            !rows.isEmpty && rows.allSatisfy { Self.isNumber($0[safe: column] ?? "") }
        }
        func line(_ cells: [String]) -> String {
            let parts = columns.indices.map { column -> String in
                let cell = cells[safe: column] ?? ""
                let space = String(repeating: " ", count: max(0, widths[column] - Self.width(cell)))
                return numeric[column] ? space + cell : cell + space
            }
            return String(parts.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return [line(columns), rule] + rows.map(line)
    }

    /// Columns that a terminal uses for the text: two for wide characters and emoji, none for combining ones.
    public static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// A text cut to at most `limit` columns, with an ellipsis where something is missing.
    public static func clipped(_ text: String, to limit: Int) -> String {
        guard width(text) > limit else { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = width(character)
            if used + next > limit - 1 { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }

    private static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if character.isASCII { return first.value < 32 ? 0 : 1 }
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // The blocks of East Asian Wide and Fullwidth characters (Unicode Standard Annex 11).
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1B000...0x1B2FF, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.first else { return true }
        return first.isNumber || (first == "-" && text.dropFirst().first?.isNumber ?? true)
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
