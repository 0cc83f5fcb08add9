import ArgumentParser
import Foundation
import LabRuns

struct RunsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a run: result, configuration, lineage, files.",
        discussion: """
            A run is <experiment>/<number>, an id or its beginning, a folder, or an experiment's name for its newest run.

              labctl runs show policy/dqn/1
              labctl runs show policy/dqn --json
            """)

    /// What is known of a run that is not sealed.
    struct Unsealed: Encodable {
        let run: String
        let state: RunState
        let record: RunRecord?
        let measurements: Int
        let lastSign: Date?
        let folder: String
        let log: [String]
    }

    @Argument(help: "Which run.")
    var reference: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let folder = try common.place.folder(of: reference)
        guard RunState.of(folder) == .sealed else { return try showUnsealed(folder) }
        let run = try SealedRun(folder: folder)
        let record = run.record
        common.say(
            "state      sealed \(run.seal.sealed.formatted(.iso8601)), started \(record.started.formatted(.iso8601))")
        common.say("verb       \(record.verb.rawValue)\(record.smoke ? ", smoke" : ""), seed \(record.seed)")
        common.say("code       \(record.code.digest)")
        common.say("result     \(run.seal.resultDigest)")
        common.say("seal       \(run.seal.sealDigest)")
        for (role, parent) in record.parents.sorted(by: { $0.key < $1.key }) {
            common.say("input      \(role): \(parent.experiment) \(parent.id)")
        }
        for (name, digest) in record.datasets.sorted(by: { $0.key < $1.key }) {
            common.say("dataset    \(name) \(digest)")
        }
        for artifact in run.seal.artifacts { common.say("artifact   \(artifact.name)") }
        common.say("")
        try RunOutput.show(run, common)
    }

    private func showUnsealed(_ folder: URL) throws {
        guard let entry = RunEntry(folder: folder) else {
            throw RunsError.unknownRun(reference: reference, nearest: nil)
        }
        let measurements = try MetricsFile.read(folder.appending(path: RunFiles.metrics))
        let text = (try? String(contentsOf: folder.appending(path: RunFiles.log), encoding: .utf8)) ?? ""
        let log = text.split(separator: "\n").suffix(5).map(String.init)
        let report = Unsealed(
            run: entry.reference, state: entry.state, record: entry.record, measurements: measurements.count,
            lastSign: RunState.lastSign(of: folder), folder: folder.path, log: log)
        common.say("\(report.run)  \(report.record?.id ?? "")")
        common.say(
            "state      \(report.state.rawValue)\(report.lastSign.map { ", last sign " + $0.formatted(.iso8601) } ?? "")"
        )
        common.say("metrics    \(report.measurements) measurements")
        for line in log { common.say("log        \(line)") }
        common.say("folder: \(report.folder)")
        try common.emit(report)
    }
}
