import Dispatch
import Synchronization

/// Workspaces that are not in use, and the threads that use them.
final class WorkspacePool: Sendable {
    private let idle = Mutex<[Workspace]>([])

    /// Runs `body` for each number in `0 ..< count`, in order on one thread, or on `threads` of them, each with a workspace of
    /// its own; the results must not hang on the order.
    func run(_ count: Int, threads: Int, _ body: @Sendable (Int, Workspace) -> Void) {
        let streams = min(threads, count)
        guard streams > 1 else {
            let workspace = take()
            for number in 0..<count { body(number, workspace) }
            return giveBack(workspace)
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: streams) { _ in
            let workspace = take()
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < count else { break }
                body(number, workspace)
            }
            giveBack(workspace)
        }
    }

    private func take() -> Workspace { idle.withLock { $0.popLast() } ?? Workspace() }

    private func giveBack(_ workspace: Workspace) { idle.withLock { $0.append(workspace) } }
}
