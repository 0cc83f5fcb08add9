import Foundation
import LabRuns
import Synchronization

/// Shows how far runs are: a bar that is drawn over on a terminal, plain lines otherwise; both on standard error.
final class ProgressDisplay: RunObserver {
    private struct State {
        var title = ""
        var started = ContinuousClock.now
        var fraction = 0.0
        var note = ""
        var step = 0
        var lastDrawn = ContinuousClock.now
        var lastLine = ContinuousClock.now
        var drawn = false
    }

    private static let redraw = Duration.milliseconds(100)
    private static let plainLine = Duration.seconds(10)

    private let console: Console
    private let quiet: Bool
    private let state = Mutex(State())

    init(console: Console, quiet: Bool) {
        self.console = console
        self.quiet = quiet
    }

    /// What stands before the bar of the runs that follow; empty takes the run's own name.
    func announce(_ title: String) { state.withLock { $0.title = title } }

    func started(_ run: Run) {
        guard !quiet else { return }
        state.withLock { state in
            let title = state.title.isEmpty ? run.experiment : state.title
            state = State()
            state.title = title
            if !console.isTerminal { console.note("\(title): started as \(run.reference)") }
        }
    }

    func progressed(_ run: Run, fraction: Double, note: String) {
        guard !quiet else { return }
        state.withLock { state in
            state.fraction = fraction
            state.note = note
            show(&state)
        }
    }

    func measured(_ run: Run, metric: String, value: Double, step: Int) {
        guard !quiet, console.isTerminal else { return }
        state.withLock { state in
            state.step = max(state.step, step)
            show(&state)
        }
    }

    func finished(_ run: Run, sealed: SealedRun) {
        guard !quiet else { return }
        state.withLock { state in
            clear(&state)
            let seconds = Self.seconds(state.started.duration(to: .now))
            console.note("\(state.title): sealed \(sealed.reference) after \(Self.time(seconds))")
            state.title = ""
        }
    }

    /// Takes an unfinished bar away, so that an error starts on a line of its own.
    func close() { state.withLock { clear(&$0) } }

    private func clear(_ state: inout State) {
        if state.drawn { console.draw("\r\u{1B}[2K") }
        state.drawn = false
    }

    private func show(_ state: inout State) {
        let now = ContinuousClock.now
        if console.isTerminal {
            guard state.lastDrawn.duration(to: now) >= Self.redraw else { return }
            state.lastDrawn = now
            state.drawn = true
            console.draw("\r\u{1B}[2K" + TextTable.clipped(line(state, bar: true), to: console.width - 1))
        } else if state.lastLine.duration(to: now) >= Self.plainLine {
            state.lastLine = now
            console.note(line(state, bar: false))
        }
    }

    private func line(_ state: State, bar: Bool) -> String {
        let seconds = Self.seconds(state.started.duration(to: .now))
        let percent = "\(Int((state.fraction * 100).rounded())) %"
        var parts = [state.title, bar ? Self.bar(state.fraction) + " " + percent : percent, Self.time(seconds)]
        if state.step > 0, seconds > 0.5 { parts.append("\(Int(Double(state.step) / seconds)) steps/s") }
        if state.fraction > 0.01, seconds > 0.5 {
            parts.append("\(Self.time(seconds * (1 - state.fraction) / state.fraction)) left")
        }
        if !state.note.isEmpty { parts.append(state.note) }
        return parts.joined(separator: "  ")
    }

    static func bar(_ fraction: Double, width: Int = 24) -> String {
        let filled = Int((fraction * Double(width)).rounded())
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }

    static func time(_ seconds: Double) -> String {
        if seconds < 10 { return String(format: "%.1f s", seconds) }
        if seconds < 90 { return String(format: "%.0f s", seconds) }
        return String(format: "%d min %02d s", Int(seconds) / 60, Int(seconds) % 60)
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
