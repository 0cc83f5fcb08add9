import Foundation
import LabStatistics

extension Comparison {
    /// The relative difference that another numeric profile may make where a figure has no interval.
    static let profileTolerance = 1e-3

    static func evaluation(_ original: Evaluation, _ again: Evaluation) -> Difference? {
        figures(original, again) ?? tables(original, again) ?? notes(original, again)
    }

    /// The first figure that another numeric profile does not explain: outside the original's interval, and further
    /// away than `profileTolerance` relative to the original.
    static func firstBeyondTolerance(_ original: Evaluation, _ again: Evaluation) -> Difference? {
        for figure in original.figures {
            guard let now = again.figure(figure.name) else { return absent(figure) }
            if same(figure.value, now.value) || figure.source == .clock { continue }
            if let interval = figure.interval, interval.lower <= now.value, now.value <= interval.upper { continue }
            if abs(now.value - figure.value) <= profileTolerance * abs(figure.value) { continue }
            return Difference(.figure, "'\(figure.name)'", original: text(figure), again: text(now))
        }
        return nil
    }

    private static func figures(_ original: Evaluation, _ again: Evaluation) -> Difference? {
        for figure in original.figures {
            guard let now = again.figure(figure.name) else { return absent(figure) }
            let before = try? CanonicalJSON.encode(figure.repeatable)
            if before == nil || before != (try? CanonicalJSON.encode(now.repeatable)) {
                return Difference(.figure, "'\(figure.name)'", original: text(figure), again: text(now))
            }
        }
        for figure in again.figures where original.figure(figure.name) == nil {
            return Difference(.figure, "'\(figure.name)'", original: "absent", again: text(figure))
        }
        return nil
    }

    private static func absent(_ figure: Figure) -> Difference {
        Difference(.figure, "'\(figure.name)'", original: text(figure), again: "absent")
    }

    private static func tables(_ original: Evaluation, _ again: Evaluation) -> Difference? {
        for table in original.tables {
            guard let now = again.table(table.name) else {
                return Difference(.table, "'\(table.name)'", original: shape(table), again: "absent")
            }
            if let found = cells(table, now) { return found }
        }
        for table in again.tables where original.table(table.name) == nil {
            return Difference(.table, "'\(table.name)'", original: "absent", again: shape(table))
        }
        return nil
    }

    private static func cells(_ table: ResultTable, _ now: ResultTable) -> Difference? {
        guard table.columns == now.columns else {
            return Difference(
                .table, "'\(table.name)', columns", original: table.columns.joined(separator: ", "),
                again: now.columns.joined(separator: ", "))
        }
        for (row, (before, after)) in zip(table.rows, now.rows).enumerated() {
            for column in 0..<max(before.count, after.count) {
                let left = column < before.count ? before[column] : .empty
                let right = column < after.count ? after[column] : .empty
                if same(left, right) { continue }
                let name = column < table.columns.count ? table.columns[column] : String(column + 1)
                return Difference(
                    .table, "'\(table.name)', row \(row + 1), \(name)", original: text(left), again: text(right))
            }
        }
        guard table.rows.count != now.rows.count else { return nil }
        return Difference(.table, "'\(table.name)'", original: shape(table), again: shape(now))
    }

    private static func notes(_ original: Evaluation, _ again: Evaluation) -> Difference? {
        guard original.notes != again.notes else { return nil }
        let index = zip(original.notes, again.notes).prefix { $0 == $1 }.count
        func note(_ notes: [String]) -> String { index < notes.count ? "'\(notes[index])'" : "absent" }
        return Difference(.note, String(index + 1), original: note(original.notes), again: note(again.notes))
    }

    private static func same(_ left: Cell, _ right: Cell) -> Bool {
        if case .number(let a) = left, case .number(let b) = right { return same(a, b) }
        return left == right
    }

    private static func shape(_ table: ResultTable) -> String { "\(table.rows.count) rows" }

    private static func text(_ figure: Figure) -> String {
        guard let interval = figure.interval else { return "\(figure.value)" }
        return "\(figure.value) [\(interval.lower), \(interval.upper)]"
    }

    private static func text(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): "'\(text)'"
        case .number(let number): "\(number)"
        case .empty: "empty"
        }
    }
}
