import Synchronization

@testable import LabRuns

/// Asks for an end after a step.
final class StopAfter: RunObserver {
    let interruption = Interruption()
    private let step: Int

    init(step: Int) { self.step = step }

    func measured(_ run: Run, metric: String, value: Double, step: Int) {
        if step == self.step { interruption.request() }
    }
}

/// Looks at the run's state from outside at every measurement.
final class StateProbe: RunObserver {
    private let found = Mutex<[RunState]>([])

    var states: [RunState] { found.withLock { $0 } }

    func measured(_ run: Run, metric: String, value: Double, step: Int) {
        found.withLock { $0.append(RunState.of(run.folder)) }
    }
}

/// Collects what is said.
final class TextCollector: Sendable {
    private let found = Mutex<[String]>([])

    var texts: [String] { found.withLock { $0 } }

    func add(_ text: String) { found.withLock { $0.append(text) } }
}
