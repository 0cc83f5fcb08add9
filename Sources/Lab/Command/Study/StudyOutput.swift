import Foundation
import LabRuns

/// Shows a sealed study: its tables, its notes and where its plots lie.
enum StudyOutput {
    static func show(_ run: SealedRun, _ common: CommonOptions) throws {
        common.say("\(run.reference)  \(run.id)")
        for table in run.evaluation.tables where !table.rows.isEmpty {
            common.say("")
            common.say(table.name)
            common.say(FigureText.table(filled(table)))
        }
        common.say("")
        for note in run.evaluation.notes { common.say("note: \(note)") }
        let plots = run.artifactNames.filter { $0.hasSuffix(".svg") }
        if !plots.isEmpty { common.say("plots: \(plots.joined(separator: ", "))") }
        common.say("folder: \(run.folder.path)")
        try common.emit(RunReport(run))
    }

    /// A case for each cell, and the study's tables.
    static func add(_ run: SealedRun, to report: inout ReportFile) {
        for (role, parent) in run.record.parents.sorted(by: { $0.key < $1.key }) {
            report.add(role, .passed, properties: [("run", parent.id)])
        }
        for table in run.evaluation.tables where !table.rows.isEmpty {
            report.sections.append(.init(title: table.name, markdown: MarkdownText.table(filled(table))))
        }
        let notes = run.evaluation.notes.map { "- \(MarkdownText.escaped($0))\n" }.joined()
        report.sections.append(.init(title: run.reference, markdown: notes))
    }

    /// The table without columns that are empty in every row.
    private static func filled(_ table: ResultTable) -> ResultTable {
        let kept = table.columns.indices.filter { column in
            !table.rows.allSatisfy { $0[column] == .empty || (table.columns[column] == "left out" && $0[column] == 0) }
        }
        return ResultTable(
            table.name, columns: kept.map { table.columns[$0] }, rows: table.rows.map { row in kept.map { row[$0] } })
    }
}
