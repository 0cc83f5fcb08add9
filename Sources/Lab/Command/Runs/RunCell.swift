import Foundation
import LabRuns

/// A value of a run as people and programs read it.
struct RunCell: Encodable {
    let value: RunValue
    let kind: RunField.Kind

    init(_ selection: RunSelection, _ row: Int, _ field: String) {
        value = selection[row, field]
        kind = RunField.own.first { $0.name == field }?.kind ?? .any
    }

    /// A few characters for a table.
    var short: String {
        switch value {
        case .number(let number) where kind != .moment: FigureText.number(number)
        case .text(let text) where text.count == 64 && text.allSatisfy(\.isHexDigit): String(text.prefix(12))
        default: TextTable.clipped(full.replacingOccurrences(of: "\n", with: " "), to: 60)
        }
    }

    /// Everything, as in a CSV file: numbers with all their digits, lists separated by blanks.
    var full: String {
        switch value {
        case .missing: ""
        case .number(let seconds) where kind == .moment:
            Date(timeIntervalSince1970: seconds).formatted(.iso8601)
        case .number(let number): Self.digits(number)
        case .whole(let digits): digits
        case .bool(let bool): bool ? "true" : "false"
        case .text(let text): kind == .list ? elements(text).joined(separator: " ") : text
        }
    }

    private static func digits(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
        return number.isNaN ? "nan" : number.description
    }

    private func elements(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .missing: try container.encodeNil()
        case .number where kind == .moment: try container.encode(full)
        case .number(let number):
            if let whole = Int(exactly: number) { try container.encode(whole) } else { try container.encode(number) }
        case .whole(let digits):
            if let natural = UInt64(digits) {
                try container.encode(natural)
            } else if let integer = Int64(digits) {
                try container.encode(integer)
            } else {
                try container.encode(digits)
            }
        case .bool(let bool): try container.encode(bool)
        case .text(let text):
            if kind == .list { try container.encode(elements(text)) } else { try container.encode(text) }
        }
    }
}

/// Lines of comma-separated values by RFC 4180.
enum CSVLine {
    static func text(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") }

    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return cell }
        return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
