import Foundation
import LabRuns
import LabStatistics

/// A sealed run as `--json` shows it.
struct RunReport: Encodable {
    let run: String
    let id: String
    let experiment: String
    let verb: Verb
    let state: RunState
    let smoke: Bool
    let seed: UInt64
    let started: Date
    let folder: String
    let parents: [String: RunRecord.Parent]
    let datasets: [String: String]
    let code: String
    let resultDigest: String
    let sealDigest: String
    let configuration: ConfigurationValue
    /// The first figure, the one that the run is about: its name, number and interval.
    let measure: String?
    let value: Double?
    let interval: Interval?
    let figures: [String: FigureReport]
    let tables: [ResultTable]
    let notes: [String]
    let artifacts: [String]
    /// Tags, notes and neighbours; only where they were asked for.
    let beside: RunBeside?

    init(_ run: SealedRun, _ beside: RunBeside? = nil) {
        self.run = run.reference
        id = run.id
        experiment = run.experiment
        verb = run.record.verb
        state = .sealed
        smoke = run.record.smoke
        seed = run.record.seed
        started = run.record.started
        folder = run.folder.path
        parents = run.record.parents
        datasets = run.record.datasets
        code = run.record.code.digest
        resultDigest = run.seal.resultDigest
        sealDigest = run.seal.sealDigest
        configuration = run.configuration
        measure = run.evaluation.figures.first?.name
        value = run.evaluation.figures.first?.value
        interval = run.evaluation.figures.first?.interval
        figures = FigureReport.byName(run.evaluation.figures)
        tables = run.evaluation.tables
        notes = run.evaluation.notes
        artifacts = run.artifactNames
        self.beside = beside
    }
}

/// A figure as `--json` shows it.
struct FigureReport: Encodable {
    let value: Double
    let lower: Double?
    let upper: Double?
    let level: Double?
    let unit: String?
    let count: Int?
    let better: Figure.Direction?

    init(_ figure: Figure) {
        value = figure.value
        lower = figure.interval?.lower
        upper = figure.interval?.upper
        level = figure.interval?.level
        unit = figure.unit
        count = figure.count
        better = figure.better
    }

    static func byName(_ figures: [Figure]) -> [String: FigureReport] {
        Dictionary(figures.map { ($0.name, FigureReport($0)) }, uniquingKeysWith: { first, _ in first })
    }
}
