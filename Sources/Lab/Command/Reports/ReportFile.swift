import Foundation
import LabDomain
import LabRuns
import LabStorage

/// What a command found, for the pages and checks of a CI service: cases that passed or not, and text with figures.
struct ReportFile: Sendable {
    /// One thing that was done or checked.
    struct Case: Sendable {
        enum Outcome: Sendable {
            case passed
            /// The check came out negative: what differs.
            case failed(String)
            /// It could not be done: what went wrong, and the remedy.
            case broken(String)
        }

        var name: String
        var seconds: Double?
        var outcome: Outcome
        /// Figures and facts, in order.
        var properties: [(name: String, value: String)] = []
    }

    /// A heading with Markdown below it.
    struct Section: Sendable {
        var title: String
        /// Markdown whose texts are escaped already.
        var markdown: String
    }

    /// Such as `labctl reproduce`.
    var title: String
    var cases: [Case] = []
    var sections: [Section] = []

    init(_ title: String) { self.title = title }

    mutating func add(
        _ name: String, _ outcome: Case.Outcome, seconds: Double? = nil,
        properties: [(name: String, value: String)] = []
    ) {
        cases.append(Case(name: name, seconds: seconds, outcome: outcome, properties: properties))
    }

    /// A table below a heading.
    mutating func add(section: String, _ table: TextTable, note: String? = nil) {
        let text = MarkdownText.table(table.columns, table.rows)
        sections.append(
            Section(title: section, markdown: text + (note.map { "\n" + MarkdownText.escaped($0) + "\n" } ?? "")))
    }

    /// A sealed run: a case with its figures, and a section with figures and notes.
    mutating func add(_ run: SealedRun) {
        add(
            run.reference, .passed, seconds: max(0, run.seal.sealed.timeIntervalSince(run.record.started)),
            properties: [("seed", "\(run.record.seed)"), ("resultDigest", run.seal.resultDigest)]
                + run.evaluation.figures.map { ($0.name, FigureText.value($0)) })
        add(section: run.reference, FigureText.table(run.evaluation.figures))
        for note in run.evaluation.notes {
            sections[sections.count - 1].markdown += "\n- \(MarkdownText.escaped(note))\n"
        }
    }

    /// Writes the files that are asked for; what looks like a secret of the environment is masked in both.
    ///
    /// - Throws: `RunsError.cannotWrite`.
    func write(_ options: ReportOptions, masking secrets: SecretMask = SecretMask()) throws {
        for (path, text) in [(options.md, markdown), (options.junit, junit)] {
            guard let path else { continue }
            do {
                try AtomicFile.write(Data(secrets.maskedInReport(text).utf8), to: URL(filePath: path))
            } catch {
                throw RunsError.cannotWrite(path: path, problem: error.localizedDescription)
            }
        }
    }
}
