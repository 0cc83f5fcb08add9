import Foundation
import Synchronization

/// A thread of its own for work that blocks: Swift's cooperative pool stays free for everything else.
final class ComputeExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var stopped = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    init(name: String, stackSize: Int = 64 << 20) {
        let thread = Thread { [weak self] in
            while true {
                // The executor outlives its jobs: whoever enqueues holds it.
                guard let wake = self?.wake else { return }
                wake.wait()
                guard let self else { return }
                let (job, stopped) = self.state.withLock { state -> (UnownedJob?, Bool) in
                    (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.stopped)
                }
                if let job {
                    job.runSynchronously(on: self.asUnownedTaskExecutor())
                } else if stopped {
                    return
                }
            }
        }
        thread.name = name
        thread.stackSize = stackSize
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        state.withLock { $0.jobs.append(unowned) }
        wake.signal()
    }

    /// Ends the thread after the jobs that are waiting.
    func stop() {
        state.withLock { $0.stopped = true }
        wake.signal()
    }

    /// Does `work` on a new thread and waits for it without blocking the caller's thread.
    static func run<Value: Sendable>(
        _ name: String, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let executor = ComputeExecutor(name: name)
        defer { executor.stop() }
        let task = Task(executorPreference: executor) { try await work() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
