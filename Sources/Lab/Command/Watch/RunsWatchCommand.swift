import ArgumentParser
import Foundation
import LabDomain
import LabRuns

/// `labctl runs watch`.
struct RunsWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Draw a run's metrics in the terminal while it happens.",
        discussion: """
            Without a run, the one that started last. An experiment's name means its newest run. Into a pipe it writes a line
            whenever something is new. It ends with the run: exit code 0 when it was sealed, 1 when it failed or was
            interrupted.

              labctl runs watch
              labctl runs watch policy/dqn --metric loss
              labctl runs watch study/policy/dqn/1
              labctl runs watch policy/dqn/3 --once
            """)

    struct Report: Encodable {
        struct Metric: Encodable {
            let name: String
            /// The study's role; empty for a run.
            let run: String
            let count: Int
            let notFinite: Int
            let step: Int?
            let value: Double?
        }

        let run: String
        let state: RunState
        let fraction: Double?
        let seconds: Double?
        let metrics: [Metric]
    }

    @Argument(help: "A run, a study, or an experiment for its newest run.", completion: .runs)
    var reference: String?

    @Option(parsing: .singleValue, help: "A metric to show; can be repeated. (default: those that fit)")
    var metric: [String] = []

    @Flag(help: "Draw once and end.")
    var once = false

    @Option(help: "Seconds between two looks.")
    var interval = 0.5

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard interval >= 0.05, interval <= 3600 else {
            throw ValidationError("--interval must be 0.05 … 3600 seconds")
        }
    }

    func run() async throws {
        var watch = RunWatch(try entry(), in: common.place)
        let console = Console.current
        let draws = console.isOutputTerminal && !common.json
        var drawn = 0
        var before = ""
        while true {
            try watch.look()
            let size = console.size
            let frame = WatchFrame(watch: watch, chosen: metric, width: size.columns - 1, height: size.lines - 1)
            if draws || once {
                let lines = frame.lines
                if drawn > 0 { console.drawOutput("\u{1B}[\(drawn)A\u{1B}[J") }
                for line in lines { common.say(line) }
                drawn = lines.count
            } else if frame.line != before, !common.quiet {
                common.say(frame.line)
                before = frame.line
            }
            if once || watch.state != .running { break }
            try await Task.sleep(for: .seconds(interval))
        }
        try common.emit(Report(watch))
        if !once { try ended(watch) }
    }

    /// Says how it ended; anything but a seal is a negative answer.
    private func ended(_ watch: RunWatch) throws {
        switch watch.state {
        case .sealed: common.say("\(watch.reference) is sealed")
        case .failed:
            common.say("\(watch.reference) failed: \(RunState.stopReason(of: watch.folder) ?? "")")
            throw SilentExit(.negative)
        case .running, .interrupted:
            common.say("\(watch.reference) was interrupted")
            throw SilentExit(.negative)
        }
    }

    /// The run that is meant: of an experiment the newest, running ones before all others.
    private func entry() throws -> RunEntry {
        let all: [RunEntry]
        if let reference, (try? LabCommand.registry.experiment(named: reference)) == nil {
            let folder = try common.place.folder(of: reference)
            guard let found = RunEntry(folder: folder) else {
                throw RunsError.unknownRun(reference: reference, nearest: nil)
            }
            return found
        } else {
            all = try common.place.entries(of: reference)
        }
        // A study is what somebody means who started one: its cells are newer than itself.
        func isOlder(_ left: RunEntry, _ right: RunEntry) -> Bool {
            func key(_ entry: RunEntry) -> (Int, Int, String) {
                let isStudy = StudyName.experiment(of: entry.experiment) != nil
                return (
                    entry.state == .running ? 1 : 0, isStudy && entry.state == .running ? 1 : 0, entry.record?.id ?? ""
                )
            }
            return key(left) < key(right)
        }
        guard let newest = all.max(by: isOlder) else {
            throw RunsError.unknownRun(reference: reference ?? "(the newest)", nearest: nil)
        }
        return newest
    }
}

extension RunsWatchCommand.Report {
    init(_ watch: RunWatch) {
        run = watch.reference
        state = watch.state
        fraction = watch.fraction
        seconds = watch.seconds
        metrics = watch.metrics.flatMap { metric in
            metric.runs.sorted { $0.key < $1.key }.map { run, series in
                Metric(
                    name: metric.name, run: run, count: series.count, notFinite: series.notFinite,
                    step: series.last?.step, value: series.last?.value)
            }
        }
    }
}
