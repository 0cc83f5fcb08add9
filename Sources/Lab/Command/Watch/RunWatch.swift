import Foundation
import LabRuns

/// What is watched: a run, or a study with all its cells; looked at again and again.
struct RunWatch {
    let folder: URL
    let workspace: Workspace
    let reference: String
    private(set) var state: RunState
    /// By metric in the order of appearance, then by run.
    private(set) var metrics: [(name: String, runs: [String: WatchSeries])] = []
    private(set) var study: StudyStatus?
    private(set) var malformed = 0
    private var tails: [String: MetricsTail] = [:]

    init(_ entry: RunEntry, in workspace: Workspace) {
        folder = entry.folder
        self.workspace = workspace
        reference = entry.reference
        state = entry.state
    }

    /// Reads what is new.
    mutating func look() throws {
        // The state first: what is written before a run ends is read below.
        state = RunState.of(folder)
        study = StudyStatus(folder, in: workspace)
        let sources = study.map { $0.cells.map { ($0.role, $0.folder) } } ?? [("", folder)]
        malformed = 0
        for (run, folder) in sources {
            let key = run + "\n" + folder.path
            var tail = tails[key] ?? MetricsTail(run: folder)
            let news = try tail.next()
            tails[key] = tail
            malformed += tail.malformed
            if news.restarted { for place in metrics.indices { metrics[place].runs[run] = nil } }
            for point in news.points { add(point, run) }
        }
    }

    private mutating func add(_ point: MetricPoint, _ run: String) {
        let place = metrics.firstIndex { $0.name == point.name } ?? metrics.count
        if place == metrics.count { metrics.append((point.name, [:])) }
        metrics[place].runs[run, default: WatchSeries()].add(point)
    }

    /// In [0, 1], where the run or the study tells it.
    var fraction: Double? { study?.fraction ?? (state == .sealed ? 1 : RunProgress.latest(of: folder)?.fraction) }

    /// Seconds from the start to the last sign of life.
    var seconds: Double? {
        guard let started = RunEntry(folder: folder)?.record?.started else { return nil }
        let signs = [folder] + (study?.cells.map(\.folder) ?? [])
        return signs.compactMap { RunState.lastSign(of: $0) }.max().map { max(0, $0.timeIntervalSince(started)) }
    }

    /// Steps a second of all runs together.
    var rate: Double? {
        let rates = metrics.flatMap { metric in metric.runs.map { (run: $0.key, rate: $0.value.rate ?? 0) } }
        let best = Dictionary(rates.map { ($0.run, $0.rate) }, uniquingKeysWith: max)
        let sum = best.keys.sorted().reduce(0.0) { $0 + (best[$1] ?? 0) }
        return sum > 0 ? sum : nil
    }

    /// Name, state, time, rate and what remains.
    var headline: String {
        var parts = [reference, state.rawValue]
        if let study {
            parts.append("\(study.count(.sealed))/\(study.total) runs sealed, \(study.count(.running)) at work")
        }
        if let seconds { parts.append(ProgressDisplay.time(seconds)) }
        if let rate { parts.append("\(FigureText.number(rate)) steps/s") }
        if let fraction, state == .running {
            parts.append("\(Int((fraction * 100).rounded())) %")
            if let seconds, fraction > 0.01, seconds > 0.5 {
                parts.append("\(ProgressDisplay.time(seconds * (1 - fraction) / fraction)) left")
            }
        }
        if malformed > 0 { parts.append("\(malformed) lines were no measurements") }
        return parts.joined(separator: "  ")
    }
}
