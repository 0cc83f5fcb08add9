import Dispatch
import Foundation
import Synchronization

/// Appends lines to a file: buffered in memory, handed to the system at most 200 ms later.
///
/// A kill of the process loses at most what was buffered and can leave one torn last line, which readers ignore. The
/// open file carries the run's lock where `lock` is asked for; the system drops it when the process ends.
final class LineWriter: Sendable {
    static let flushInterval = 0.1

    private struct State {
        var descriptor: Int32
        var buffer: [UInt8] = []
        var failure: RunsError?
        var settled = false
    }

    private let path: String
    private let state: Mutex<State>
    // Dispatch sources are safe to use from any thread; the type just does not say so.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer

    init(_ url: URL, lock: Bool = false) throws {
        path = url.path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw RunsError.system(errno, creating: path) }
        if lock, flock(descriptor, LOCK_EX) != 0 {
            close(descriptor)
            throw RunsError.locked(run: url.deletingLastPathComponent().path)
        }
        state = Mutex(State(descriptor: descriptor))
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "lab.runs.flush"))
        timer.schedule(deadline: .now() + Self.flushInterval, repeating: Self.flushInterval, leeway: .milliseconds(20))
        timer.setEventHandler { [weak self] in
            self?.flush()
            if lock { self?.touch() }
        }
        timer.activate()
    }

    deinit {
        timer.cancel()
        state.withLock { state in
            Self.drain(&state, path: path)
            if state.descriptor >= 0 { close(state.descriptor) }
        }
    }

    /// Appends bytes that end with a newline.
    func append(_ fill: (inout [UInt8]) -> Void) {
        state.withLock { state in
            guard !state.settled, state.failure == nil else { return }
            fill(&state.buffer)
            if state.buffer.count >= 1 << 20 { Self.drain(&state, path: path) }
        }
    }

    /// Hands everything to the system; a failure is kept for `check`.
    func flush() {
        state.withLock { Self.drain(&$0, path: path) }
    }

    /// Throws what an earlier write met, for example a full disk.
    func check() throws {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Marks the file as just used, so that others see that the run is alive.
    func touch() {
        state.withLock { state in
            if state.descriptor >= 0, !state.settled { _ = futimens(state.descriptor, nil) }
        }
    }

    /// Writes everything to disk and takes no more lines; the lock stays.
    func settle() throws {
        timer.cancel()
        try state.withLock { state in
            guard !state.settled else { return }
            Self.drain(&state, path: path)
            state.settled = true
            if state.failure == nil, fsync(state.descriptor) != 0 {
                state.failure = RunsError.system(errno, writing: path)
            }
            if let failure = state.failure { throw failure }
        }
    }

    /// Closes the file, which gives up the lock; what is still buffered is handed to the system.
    func finish() {
        timer.cancel()
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            Self.drain(&state, path: path)
            close(state.descriptor)
            state.descriptor = -1
        }
    }

    private static func drain(_ state: inout State, path: String) {
        guard state.descriptor >= 0, !state.settled, !state.buffer.isEmpty, state.failure == nil else { return }
        var written = 0
        while written < state.buffer.count {
            let count = state.buffer.withUnsafeBytes { bytes in
                write(state.descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                state.failure = RunsError.system(errno, writing: path)
                state.buffer = []
                return
            }
            written += count
        }
        state.buffer.removeAll(keepingCapacity: true)
    }
}
