import Synchronization

/// Adds up how far the cells are, and tells it as the progress of the study.
final class StudyProgress: Sendable {
    private struct State {
        var fractions: [String: Double] = [:]
        var steps: [String: Int] = [:]
        var finished = 0
        var failed = 0
    }

    private let study: Run
    private let cells: Int
    private let reused: Int
    private let state = Mutex(State())

    init(_ study: Run, cells: Int, reused: Int) {
        self.study = study
        self.cells = cells
        self.reused = reused
    }

    func progressed(_ role: String, _ fraction: Double) {
        tell { $0.fractions[role] = fraction }
    }

    /// Steps of all cells together are the study's.
    func measured(_ role: String, _ metric: String, _ value: Double, _ step: Int) {
        let total = state.withLock { state in
            state.steps[role] = max(state.steps[role] ?? 0, step)
            return state.steps.values.reduce(0, +)
        }
        study.observer.measured(study, metric: metric, value: value, step: total)
    }

    func ended(_ role: String, sealed: Bool) {
        tell { state in
            state.fractions[role] = nil
            if sealed { state.finished += 1 } else { state.failed += 1 }
        }
    }

    private func tell(_ change: (inout State) -> Void) {
        let (fraction, note) = state.withLock { state in
            change(&state)
            let ended = state.finished + state.failed
            // The sum's order does not matter: nothing but a progress line depends on it.
            let part = Double(ended) + state.fractions.values.reduce(0, +)
            var note = "\(state.finished + reused)/\(cells + reused) runs, \(state.fractions.count) at work"
            if state.failed > 0 { note += ", \(state.failed) failed" }
            return (part / Double(max(cells, 1)), note)
        }
        study.progress(fraction, note)
    }
}

/// Hears one cell on behalf of the study.
struct CellObserver: RunObserver {
    let role: String
    let progress: StudyProgress
    let onStart: @Sendable (Run) -> Void

    func started(_ run: Run) {
        onStart(run)
        progress.progressed(role, 0)
    }

    func progressed(_ run: Run, fraction: Double, note: String) { progress.progressed(role, fraction) }

    func measured(_ run: Run, metric: String, value: Double, step: Int) {
        progress.measured(role, metric, value, step)
    }

    func finished(_ run: Run, sealed: SealedRun) { progress.ended(role, sealed: true) }
}
