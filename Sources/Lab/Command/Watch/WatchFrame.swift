import LabRuns

/// A picture of what is watched, for a terminal of a given size, and as one line where there is none.
struct WatchFrame {
    let watch: RunWatch
    /// The metrics to show; empty shows the first ones that fit.
    let chosen: [String]
    let width: Int
    let height: Int

    private var metrics: [(name: String, runs: [String: WatchSeries])] {
        chosen.isEmpty
            ? watch.metrics
            : chosen.map { name in watch.metrics.first { $0.name == name } ?? (name: name, runs: [:]) }
    }

    /// At least so many lines has a plot with its title and axis.
    private static let smallest = 6

    var lines: [String] {
        var lines = [TextTable.clipped(watch.headline, to: width)]
        let all = metrics
        if all.isEmpty { lines.append("nothing was measured yet") }
        let fitting = max(1, min(all.count, (height - 2) / Self.smallest))
        let rows = min(10, max(3, (height - 2) / max(1, fitting) - 3))
        for metric in all.prefix(fitting) {
            lines.append("")
            lines.append(TextTable.clipped(Self.title(metric), to: width))
            let series = metric.runs.sorted { $0.key < $1.key }.map(\.value.drawn)
            lines += TerminalPlot(series: series, width: width, height: rows).lines
        }
        if all.count > fitting {
            let rest = all.dropFirst(fitting).map(\.name).joined(separator: ", ")
            lines.append(TextTable.clipped("not shown (--metric NAME): \(rest)", to: width))
        }
        return lines
    }

    /// For a pipe: everything in one line.
    var line: String {
        ([watch.headline] + metrics.map { Self.title($0) }).joined(separator: "  ")
    }

    /// `loss 0.0123 at step 120, 3 not finite`; of several runs the range of their last values.
    private static func title(_ metric: (name: String, runs: [String: WatchSeries])) -> String {
        let last = metric.runs.sorted { $0.key < $1.key }.compactMap(\.value.last)
        guard let step = last.map(\.step).max() else { return "\(metric.name): nothing measured" }
        let values = last.map(\.value)
        let notFinite = metric.runs.values.reduce(0) { $0 + $1.notFinite }
        let note = notFinite > 0 ? ", \(notFinite) not finite" : ""
        guard values.count > 1 else { return "\(metric.name) \(text(values[0])) at step \(step)\(note)" }
        let finite = values.filter(\.isFinite)
        let range = "\(text(finite.min() ?? .nan)) … \(text(finite.max() ?? .nan))"
        return "\(metric.name) \(range) in \(values.count) runs, step \(step)\(note)"
    }

    private static func text(_ value: Double) -> String {
        value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "+inf" : "-inf") : FigureText.number(value)
    }
}
