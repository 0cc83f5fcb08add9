import Foundation
import LabAnalytics
import LabRuns

extension ReportExperiment {
    /// The ads themselves and what was refused.
    func creatives(_ evidence: ReportEvidence) -> [ReportSection] {
        guard evidence.stage("creatives") != nil else { return [] }
        var blocks: [ReportBlock] = []
        if let count = evidence.figure("creatives", "creatives"), let refused = evidence.figure("creatives", "refused"),
            let cost = evidence.figure("creatives", "cost")
        {
            blocks.append(
                .paragraph(
                    """
                    \(strong: Wording.value(count)) texts passed limits, brand rules, ethics and moderation; \
                    \(Wording.value(refused)) were refused with reasons. They cost \(Wording.value(cost)) of a capped budget.
                    """))
        }
        if let examples = evidence.table("creatives", "examples") {
            blocks.append(.table(examples.report("One text for every kind and reading")))
        }
        if let reasons = evidence.table("creatives", "reasons"), !reasons.rows.isEmpty {
            blocks.append(.table(reasons.report("Why texts were refused")))
        }
        return blocks.isEmpty ? [] : [ReportSection("The ads", blocks)]
    }

    /// What left the workspace, and what it cost.
    func privacy(_ evidence: ReportEvidence) -> [ReportSection] {
        guard let stage = evidence.stage("journeys") else { return [] }
        var blocks: [ReportBlock] = []
        let spent = stage.evaluation.figures.filter {
            let name = $0.name.lowercased()
            return name.contains("epsilon") || name.contains("budget") || name.contains("released")
        }
        blocks.append(
            .paragraph(
                """
                A release is charged to the data owner's ledger before it is computed; one that would exceed the budget \
                is refused. Reproducing a run reads the released value and never draws again.
                """))
        if !spent.isEmpty {
            blocks.append(
                .table(
                    ReportTable(
                        caption: "Privacy ledger", columns: [.init("Entry"), .init("Amount")],
                        rows: spent.map { [.text(Wording.name($0.name)), .text(Wording.full($0))] })))
        }
        for table in stage.evaluation.tables where Self.isRelease(table.name) {
            blocks.append(.table(TableReader(table).report(Prose(Wording.name(table.name)))))
        }
        blocks.append(.paragraph("The policy was trained without differential privacy: \(code: "epsilon: none")."))
        return [ReportSection("Privacy", blocks)]
    }

    private static func isRelease(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["release", "ledger", "histogram", "emotion"].contains { name.contains($0) }
    }

    /// Which runs, data and program stand behind the page, and what it cannot say.
    func lineage(_ evidence: ReportEvidence, everyTable: Bool) -> [ReportSection] {
        let rows = evidence.stages.map { stage -> [ReportTable.Cell] in
            let record = stage.run.record
            let data = record.datasets.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.prefix(12))" }
            return [
                .text(stage.title), .code(stage.run.id), .text(String(record.seed)),
                .code(String(stage.run.seal.resultDigest.prefix(16))), .code(String(record.code.digest.prefix(12))),
                data.isEmpty ? .missing : .text(data.joined(separator: ", ")),
            ]
        }
        let notes = evidence.stages.flatMap { stage in
            stage.evaluation.notes.map { Prose(stage.title + ": " + $0) }
        }
        var sections = [
            ReportSection(
                "Limits",
                [
                    .list([
                        "Simulated customers follow rules that were written down; people do not.",
                        "The texts were written by a stub, not by a language model.",
                        "An interval covers the chance of sampling customers, not a change of the world after the log.",
                        "Emotion is read from text with the error shown above; a reading is never a fact about a person.",
                        "This is documentation and engineering, not legal advice.",
                    ]), .details(summary: "What the stages say about themselves", [.list(notes)]),
                ]),
            ReportSection(
                "Lineage",
                [
                    .paragraph("Everything above was read from these sealed runs."),
                    .table(
                        ReportTable(
                            caption: "Runs, seeds, digests of results, of the program and of the data",
                            columns: [
                                .init("Stage"), .init("Run"), .init("Seed"), .init("Result"), .init("Code"),
                                .init("Data"),
                            ], rows: rows)),
                ]),
        ]
        if everyTable {
            let details = evidence.stages.map { stage -> ReportBlock in
                let figures = ReportTable(
                    caption: "Figures", columns: [.init("Figure"), .init("Value")],
                    rows: stage.evaluation.figures.map { [.text(Wording.name($0.name)), .text(Wording.full($0))] })
                let tables = stage.evaluation.tables.filter { !Self.mayHoldTexts($0) && $0.rows.count <= 60 }
                return .details(
                    summary: stage.title,
                    [.table(figures)] + tables.map { .table(TableReader($0).report(Prose(Wording.name($0.name)))) })
            }
            sections.append(ReportSection("Every figure", details))
        }
        return sections
    }

    /// Posts of real people stay in the run that read them.
    private static func mayHoldTexts(_ table: ResultTable) -> Bool {
        table.name == "worstErrors" || table.columns.contains("text")
    }
}
