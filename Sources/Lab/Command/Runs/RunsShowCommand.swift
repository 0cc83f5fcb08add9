import ArgumentParser
import Foundation
import LabRuns

struct RunsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a run: result, configuration, lineage, files, tags and notes.",
        discussion: """
            A run is <experiment>/<number>, an id or its beginning, a folder, or an experiment's name for its newest run.

              labctl runs show policy/dqn/1
              labctl runs show policy/dqn --json
            """)

    /// What is known of a run that is not sealed.
    struct Unsealed: Encodable {
        let run: String
        let state: RunState
        /// Why a failed run stopped.
        let reason: String?
        let record: RunRecord?
        let measurements: Int
        /// The steps that can be resumed from, newest first.
        let checkpoints: [Int]
        let lastSign: Date?
        let folder: String
        let log: [String]
        let beside: RunBeside
    }

    @Argument(help: "Which run.")
    var reference: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        let folder = try common.place.folder(of: reference)
        let beside = try RunBeside(of: folder, in: common.place)
        guard RunState.of(folder) == .sealed else { return try showUnsealed(folder, beside) }
        let run = try SealedRun(folder: folder)
        let record = run.record
        common.say(
            "state      sealed \(run.seal.sealed.formatted(.iso8601)), started \(record.started.formatted(.iso8601))")
        common.say("verb       \(record.verb.rawValue)\(record.smoke ? ", smoke" : ""), seed \(record.seed)")
        common.say("code       \(record.code.digest)")
        common.say("result     \(run.seal.resultDigest)")
        common.say("seal       \(run.seal.sealDigest)")
        beside.sayInputs(record, common)
        for artifact in run.seal.artifacts { common.say("artifact   \(artifact.name)") }
        beside.say(common)
        common.say("")
        try RunOutput.show(run, common, beside)
    }

    private func showUnsealed(_ folder: URL, _ beside: RunBeside) throws {
        guard let entry = RunEntry(folder: folder) else {
            throw RunsError.unknownRun(reference: reference, nearest: nil)
        }
        let measurements = try MetricsFile.read(folder.appending(path: RunFiles.metrics))
        let text = (try? String(contentsOf: folder.appending(path: RunFiles.log), encoding: .utf8)) ?? ""
        let log = text.split(separator: "\n").suffix(5).map(String.init)
        let report = Unsealed(
            run: entry.reference, state: entry.state,
            reason: entry.state == .failed ? RunState.stopReason(of: folder) : nil, record: entry.record,
            measurements: measurements.count, checkpoints: Checkpoint.steps(in: folder),
            lastSign: RunState.lastSign(of: folder), folder: folder.path, log: log, beside: beside)
        common.say("\(report.run)  \(report.record?.id ?? "")")
        common.say(
            "state      \(report.state.rawValue)\(report.lastSign.map { ", last sign " + $0.formatted(.iso8601) } ?? "")"
        )
        if let reason = report.reason { common.say("reason     \(reason)") }
        if let record = entry.record {
            common.say(
                "verb       \(record.verb.rawValue)\(record.smoke ? ", smoke" : ""), seed \(record.seed), "
                    + "started \(record.started.formatted(.iso8601))")
            common.say("code       \(record.code.digest)")
            beside.sayInputs(record, common)
        }
        common.say("metrics    \(report.measurements) measurements")
        for step in report.checkpoints { common.say("checkpoint step \(step)") }
        beside.say(common)
        for line in log { common.say("log        \(line)") }
        if report.state != .running { common.say("resume     labctl resume \(report.run)") }
        common.say("folder: \(report.folder)")
        try common.emit(report)
    }
}
