import Foundation
import LabRuns

/// Shows a sealed run: figures, tables, notes, and where it lies.
enum RunOutput {
    static func show(_ run: SealedRun, _ common: CommonOptions, _ beside: RunBeside? = nil) throws {
        common.say("\(run.reference)  \(run.id)")
        common.say("")
        if !run.evaluation.figures.isEmpty {
            common.say(FigureText.table(run.evaluation.figures))
            common.say("")
        }
        for table in run.evaluation.tables {
            common.say(table.name)
            common.say(FigureText.table(table))
            common.say("")
        }
        for note in run.evaluation.notes { common.say("note: \(note)") }
        common.say("folder: \(run.folder.path)")
        try common.emit(RunReport(run, beside))
    }
}
