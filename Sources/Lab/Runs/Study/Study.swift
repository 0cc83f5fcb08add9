import Foundation
import LabCharts

/// Many seeds and variants of one experiment as one object: `study/<experiment>`.
///
/// Its parents are the cells, sealed runs of `E` under the role `<variant>/seed=<seed>`, and what they all read; its
/// result is computed from them alone, so that reproducing a study needs no training. `Launcher.study` runs the cells.
public struct Study<E: Experiment>: StudyExperiment {
    public typealias Configuration = StudyConfiguration

    public static var name: String { StudyName.prefix + E.name }
    public static var summary: String { "Repeats \(E.name) under several seeds and variants." }
    /// What every cell reads; the cells themselves depend on the configuration.
    public static var inputs: [ExperimentInput] {
        E.inputs.map { .init(role: $0.role, experiment: $0.experiment, others: $0.others, optional: true) }
    }
    public static var smoke: StudyConfiguration { StudyConfiguration(seeds: [0, 1, 2], short: true) }

    public init() {}

    public static func inputs(_ configuration: StudyConfiguration) throws -> [ExperimentInput] {
        try inputs + StudyPlan<E>(configuration).cells.map { .init(role: $0.role, experiment: E.name) }
    }

    /// Summarises the cells: figures with intervals, differences, tables, plots and curves.
    ///
    /// - Throws: `RunsError.studySchema` where cells cannot be compared by their figures.
    public func train(_ configuration: StudyConfiguration, _ run: Run) async throws -> Evaluation {
        let plan = try StudyPlan<E>(configuration)
        let cells = try plan.cells.map { cell in
            let sealed = try run.parent(cell.role)
            try check(sealed, cell, plan)
            return StudySample.Cell(variant: cell.variant, seed: cell.seed, run: sealed)
        }
        let (samples, others) = try StudySample.samples(of: cells, variants: plan.variants.map(\.name))
        let summaries = samples.map { FigureSummary($0, configuration) { run.stream($0) } }
        try run.checkCancellation()
        let table = StudyTable(experiment: E.name, seeds: configuration.seeds, level: configuration.level, summaries)
        try run.artifact("table.csv") { try Data(table.csv.utf8).write(to: $0) }
        try run.artifact("table.md") { try Data(table.markdown.utf8).write(to: $0) }
        var names = PlotNames()
        for summary in summaries {
            let chart = StudyPlots.seeds(summary, experiment: E.name)
            try run.artifact("figures/\(names.file(summary.name))") { try Data(chart.file().utf8).write(to: $0) }
        }
        let frontiers = StudyFrontier.frontiers(summaries)
        for frontier in frontiers {
            let chart = frontier.chart(experiment: E.name)
            try run.artifact("figures/\(names.file(frontier.table.name))") { try Data(chart.file().utf8).write(to: $0) }
        }
        let curves = try StudyCurves(cells, variants: plan.variants.map(\.name), configuration)
        for curve in curves.curves {
            let chart = StudyPlots.curve(curve, experiment: E.name, level: configuration.level)
            try run.artifact("curves/\(names.file(curve.metric))") { try Data(chart.file().utf8).write(to: $0) }
        }
        return Evaluation(
            figures: summaries.flatMap(\.figures),
            tables: [table.figures, table.differences, table.values] + frontiers.map(\.table),
            notes: table.notes + others.map { "figure '\($0)' is left out: not every variant has it" } + curves.notes)
    }

    /// A cell must be what the plan says: another run under its role would be another study.
    private func check(_ sealed: SealedRun, _ cell: StudyCell, _ plan: StudyPlan<E>) throws {
        guard sealed.record.seed == cell.seed,
            try sealed.configuration(as: E.Configuration.self) == plan.configurations[cell.variant]
        else { throw RunsError.foreignCell(run: sealed.reference, role: cell.role) }
    }
}

/// How studies are named.
public enum StudyName {
    static let prefix = "study/"

    /// The experiment that a study of this name repeats; `nil` where the name is no study's.
    public static func experiment(of name: String) -> String? {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }
}

/// A study of whichever experiment: what the launcher asks it to do instead of a plain training.
protocol StudyExperiment: Experiment where Configuration == StudyConfiguration {
    associatedtype E: Experiment
}
