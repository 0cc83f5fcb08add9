import ArgumentParser
import Foundation
import LabRuns

/// `labctl <pipeline>`: all stages one after another.
struct PipelineCommand<P: Pipeline>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: P.name, abstract: P.summary,
            discussion: """
                Every stage is a sealed run; together they can be proven with 'labctl reproduce --all'.

                  labctl \(P.name)
                  labctl \(P.name) --smoke
                  labctl \(P.name) --workspace DIR --json
                """)
    }

    @Flag(help: "The short form of every stage, on data without real people.")
    var smoke = false

    @Option(help: "What every random stream of every stage is derived from.")
    var seed: UInt64 = LaunchRequest.defaultSeed

    @OptionGroup var products: GEMMOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try products.apply()
        let session = Session(common)
        let count = P.stages.count
        let result = try await session.interruptible {
            try await session.launcher.run(P.self, smoke: smoke, seed: seed) { index, stage in
                session.progress.announce("[\(index + 1)/\(count)] \(stage.title)")
            }
        }
        var table = TextTable(["stage", "run", "seconds", "figures"])
        for stage in result.stages {
            let figures = stage.keyFigures.map { "\($0.name) \(FigureText.value($0))" }
            table.rows.append([
                stage.stage.title, stage.run.reference, String(format: "%.1f", stage.seconds), figures.first ?? "",
            ])
            for figure in figures.dropFirst() { table.rows.append(["", "", "", figure]) }
        }
        common.say(table)
        common.say("")
        for stage in result.stages where P.answers.contains(stage.stage.name) {
            for note in stage.run.evaluation.notes { common.say("\(stage.stage.name): \(note)") }
        }
        if let report = result.report { common.say("report: \(report.path)") }
        if let bundle = result.bundle { common.say("bundle: \(bundle.path)") }
        try common.emit(PipelineReport(P.name, result))
    }
}

/// A pipeline's result as `--json` shows it.
struct PipelineReport: Encodable {
    struct Stage: Encodable {
        let name: String
        let title: String
        let experiment: String
        let run: String
        let id: String
        let seconds: Double
        let figures: [String: FigureReport]
        let notes: [String]
    }

    let pipeline: String
    let seconds: Double
    let stages: [Stage]
    let runs: [String]
    let report: String?
    let bundle: String?

    init(_ name: String, _ result: PipelineResult) {
        pipeline = name
        seconds = result.stages.reduce(0) { $0 + $1.seconds }
        stages = result.stages.map { done in
            Stage(
                name: done.stage.name, title: done.stage.title, experiment: done.run.experiment,
                run: done.run.reference, id: done.run.id, seconds: done.seconds,
                figures: FigureReport.byName(done.run.evaluation.figures), notes: done.run.evaluation.notes)
        }
        runs = result.stages.map(\.run.reference)
        report = result.report?.path
        bundle = result.bundle?.path
    }
}
