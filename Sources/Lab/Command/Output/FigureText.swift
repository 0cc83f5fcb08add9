import Foundation
import LabRuns
import LabStatistics

/// Numbers as people read them.
enum FigureText {
    /// Four significant digits, whole numbers as such.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "–" }
        if value.isInfinite { return value > 0 ? "∞" : "−∞" }
        if value == value.rounded(), abs(value) < 1e9 { return String(Int(value)) }
        let magnitude = abs(value)
        if magnitude >= 1e6 || magnitude < 1e-4 { return String(format: "%.3e", value) }
        let digits = max(0, 3 - Int(log10(magnitude).rounded(.down)))
        return String(format: "%.\(digits)f", value)
    }

    /// `0.7123 [0.6910, 0.7338]`.
    static func value(_ figure: Figure) -> String {
        let unit = figure.unit.map { " \($0)" } ?? ""
        return number(figure.value) + (interval(figure).map { " \($0)" } ?? "") + unit
    }

    static func interval(_ figure: Figure) -> String? {
        figure.interval.map { "[\(number($0.lower)), \(number($0.upper))]" }
    }

    /// A table of figures: name, value, interval, unit, count.
    static func table(_ figures: [Figure]) -> TextTable {
        TextTable(
            ["figure", "value", "interval", "unit", "n"],
            rows: figures.map { figure in
                let level = figure.interval.map { " (\(number($0.level * 100)) %)" } ?? ""
                return [
                    figure.name, number(figure.value), (interval(figure) ?? "") + level, figure.unit ?? "",
                    figure.count.map(String.init) ?? "",
                ]
            })
    }

    /// A result's table for a terminal: long cells are cut.
    static func table(_ table: ResultTable, cellWidth: Int = 60) -> TextTable {
        TextTable(
            table.columns,
            rows: table.rows.map { row in
                row.map { cell in
                    switch cell {
                    case .text(let text):
                        TextTable.clipped(text.replacingOccurrences(of: "\n", with: " "), to: cellWidth)
                    case .number(let number): Self.number(number)
                    case .empty: ""
                    }
                }
            })
    }
}
