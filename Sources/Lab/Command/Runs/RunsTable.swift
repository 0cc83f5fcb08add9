import Foundation
import LabRuns
import LabStatistics

/// Answers of the index as tables.
enum RunsTable {
    /// The fields that were asked for, under their names.
    static func chosen(_ selection: RunSelection, _ fields: [String]) -> TextTable {
        TextTable(
            fields,
            rows: (0..<selection.count).map { row in
                fields.map { $0 == "run" ? selection.reference(row) : RunCell(selection, row, $0).short }
            })
    }

    /// What most people want to see; figures in columns where all runs are of one experiment, else the first of each.
    static func standard(_ selection: RunSelection) -> TextTable {
        let rows = 0..<selection.count
        let experiments = Set(rows.map { selection.experiment($0) })
        let names = experiments.count == 1 ? shared(selection) : []
        let hasTags = rows.contains { selection[$0, "tags"] != .missing }
        var table = TextTable(
            ["run", "state", "verb", "seed", "started"] + (hasTags ? ["tags"] : [])
                + (names.isEmpty ? ["first figure"] : names))
        for row in rows {
            let smoke = selection[row, "smoke"] == .bool(true) ? " smoke" : ""
            var cells = [
                selection.reference(row), RunCell(selection, row, "state").full,
                RunCell(selection, row, "verb").full + smoke,
                RunCell(selection, row, "seed").full, RunCell(selection, row, "started").full,
            ]
            if hasTags { cells.append(RunCell(selection, row, "tags").full) }
            let figures = figures(selection, row)
            if names.isEmpty {
                cells.append(figures.first.map { "\($0.name) \(FigureText.value($0))" } ?? "")
            } else {
                cells += names.map { name in figures.first { $0.name == name }.map(FigureText.value) ?? "" }
            }
            table.rows.append(cells)
        }
        return table
    }

    /// The first three figures of the first run that has any.
    private static func shared(_ selection: RunSelection) -> [String] {
        for row in 0..<selection.count {
            let names = elements(selection, row, "figures")
            if !names.isEmpty { return Array(names.prefix(3)) }
        }
        return []
    }

    static func elements(_ selection: RunSelection, _ row: Int, _ field: String) -> [String] {
        selection[row, field].text?.split(separator: "\n").map(String.init) ?? []
    }

    /// A run's figures in its own order.
    static func figures(_ selection: RunSelection, _ row: Int) -> [Figure] {
        elements(selection, row, "figures").compactMap { name in
            let field = "figures.\(name)"
            guard let value = selection[row, field].number else { return nil }
            func number(_ part: String) -> Double? { selection[row, "\(field).\(part)"].number }
            var interval: Interval?
            if let lower = number("lower"), let upper = number("upper"), let level = number("level") {
                interval = Interval(lower: lower, upper: upper, level: level)
            }
            return Figure(
                name, value, interval: interval, unit: selection[row, field + ".unit"].text,
                count: number("count").map { Int($0) },
                better: selection[row, field + ".better"].text.flatMap(Figure.Direction.init(rawValue:)))
        }
    }
}
