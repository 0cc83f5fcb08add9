import LabAnalytics
import LabCharts
import LabRuns
import LabStatistics

/// A stage of the pipeline as the report sees it.
struct ReportStage {
    let role: String
    let title: String
    let run: SealedRun

    var evaluation: Evaluation { run.evaluation }
}

/// Looks figures and tables up in the stages, whichever of them are there.
struct ReportEvidence {
    let stages: [ReportStage]

    func stage(_ role: String) -> ReportStage? { stages.first { $0.role == role } }

    func figure(_ role: String, _ names: String...) -> Figure? {
        guard let evaluation = stage(role)?.evaluation else { return nil }
        return names.lazy.compactMap { evaluation.figure($0) }.first
    }

    func table(_ role: String, _ names: String...) -> TableReader? {
        guard let evaluation = stage(role)?.evaluation else { return nil }
        return names.lazy.compactMap { evaluation.table($0) }.first.map(TableReader.init)
    }
}

/// Reads a result table by the names of its columns.
struct TableReader {
    let table: ResultTable

    init(_ table: ResultTable) { self.table = table }

    var rows: Range<Int> { table.rows.indices }

    /// The first of these columns that there is.
    func column(_ names: [String]) -> Int? { names.lazy.compactMap { table.columns.firstIndex(of: $0) }.first }

    func number(_ row: Int, _ names: String...) -> Double? {
        guard let column = column(names), case .number(let value) = table.rows[row][column] else { return nil }
        return value
    }

    func text(_ row: Int, _ names: String...) -> String? {
        guard let column = column(names) else { return nil }
        switch table.rows[row][column] {
        case .text(let text): return text
        case .number(let value): return NumberFormat.significant(4).string(value)
        case .empty: return nil
        }
    }

    func cell(_ row: Int, _ column: Int) -> ReportTable.Cell {
        guard column < table.rows[row].count else { return .missing }
        switch table.rows[row][column] {
        case .text(let text): return .text(text)
        case .number(let value): return .number(value)
        case .empty: return .missing
        }
    }

    /// The table as it is, under a caption.
    func report(_ caption: Prose, names: [String: String] = [:]) -> ReportTable {
        let whole = table.columns.indices.map { column in
            table.rows.allSatisfy { row in
                guard column < row.count, case .number(let value) = row[column] else { return true }
                return value == value.rounded() && abs(value) < 1e9
            }
        }
        return ReportTable(
            caption: caption,
            columns: zip(table.columns, whole).map { name, whole in
                ReportTable.Column(names[name] ?? Wording.name(name), whole ? .integer : .significant(4))
            }, rows: rows.map { row in table.columns.indices.map { cell(row, $0) } })
    }
}

/// How figures are written in the report.
enum Wording {
    /// `valueDifference` as "value difference".
    static func name(_ key: String) -> String {
        var words = ""
        for character in key {
            if character.isUppercase, let last = words.last, last.isLowercase {
                words += " " + character.lowercased()
            } else {
                words.append(character == "." || character == "_" ? " " : character)
            }
        }
        return words
    }

    /// Shares are written as percentages, money with two digits.
    static func format(_ figure: Figure) -> NumberFormat {
        let name = figure.name.lowercased()
        if ["rate", "share", "f1", "accuracy", "exposure"].contains(where: name.contains), abs(figure.value) <= 1 {
            return .percent(1)
        }
        if figure.unit == "EUR" { return .fixed(figure.value.magnitude < 0.1 ? 4 : 2) }
        return figure.value == figure.value.rounded() && abs(figure.value) < 1e9 ? .integer : .significant(4)
    }

    static func value(_ figure: Figure) -> String {
        let format = format(figure)
        var text = format.string(figure.value)
        if case .percent = format { return text }
        if let unit = figure.unit { text += " " + unit }
        return text
    }

    static func interval(_ figure: Figure) -> String? {
        figure.interval.map { format(figure).string($0.lower, $0.upper) }
    }

    static func full(_ figure: Figure) -> String {
        value(figure) + (interval(figure).map { " " + $0 } ?? "")
    }

    /// A large figure, or nothing where the stage has none.
    static func key(
        _ title: String, _ figure: Figure?, remark: String? = nil, tone: ReportTone = .neutral
    ) -> KeyFigure? {
        figure.map { KeyFigure(title, value: value($0), interval: interval($0), remark: remark, tone: tone) }
    }
}
