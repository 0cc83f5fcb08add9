import Dispatch
import Foundation
import Synchronization

/// Appends lines to a file: buffered in memory, handed to the system at most 200 ms later.
///
/// A kill of the process loses at most what was buffered and can leave one torn last line, which readers ignore. The
/// open file carries the run's lock where `lock` is asked for; the system drops it when the process ends.
final class LineWriter: Sendable {
    static let flushInterval = 0.1
    /// How much is buffered before it is handed on early, in bytes.
    static let bufferSize = 1 << 18

    struct State: ~Copyable {
        var descriptor: Int32
        var path: String
        var buffer = LineBuffer(capacity: 1 << 14)
        var failure: RunsError?
        var settled = false
    }

    let state: Mutex<State>
    private let holdsLock: Bool
    // Dispatch sources are safe to use from any thread; the type just does not say so.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer
    private static let queue = DispatchQueue(label: "lab.runs.flush")

    init(_ url: URL, lock: Bool = false) throws {
        let path = url.path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw RunsError.system(errno, creating: path) }
        if lock, !Self.lock(descriptor) {
            close(descriptor)
            throw RunsError.locked(run: SealFile.reference(url.deletingLastPathComponent()))
        }
        holdsLock = lock
        state = Mutex(State(descriptor: descriptor, path: path))
        timer = DispatchSource.makeTimerSource(queue: Self.queue)
        timer.schedule(deadline: .now() + Self.flushInterval, repeating: Self.flushInterval, leeway: .milliseconds(20))
        timer.setEventHandler { [weak self] in self?.tick() }
        timer.activate()
    }

    deinit {
        timer.cancel()
        state.withLock { state in
            Self.drain(&state)
            if state.descriptor >= 0 { close(state.descriptor) }
        }
    }

    /// Who asks for a run's state holds its lock for an instant, so one refusal proves nothing.
    private static func lock(_ descriptor: Int32) -> Bool {
        for _ in 0..<20 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(5_000)
        }
        return false
    }

    /// The name in errors, once the file's folder was renamed.
    func moved(to url: URL) { state.withLock { $0.path = url.path } }

    /// Appends bytes that end with a newline.
    ///
    /// - Parameter durably: waits until they are on disk.
    @inline(__always)
    func append(durably: Bool = false, _ fill: (inout LineBuffer) -> Void) {
        state.withLock { state in
            guard !state.settled, state.failure == nil else { return }
            fill(&state.buffer)
            if state.buffer.count >= Self.bufferSize || durably { Self.drain(&state) }
            if durably { Self.flushToDisk(&state) }
        }
    }

    /// Hands everything to the system; a failure is kept for `check`.
    func flush() {
        state.withLock { Self.drain(&$0) }
    }

    /// Throws what an earlier write met, for example a full disk.
    func check() throws {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Writes everything to disk.
    ///
    /// - Returns: the file's length.
    func sync() throws -> Int {
        try state.withLock { state in
            Self.drain(&state)
            Self.flushToDisk(&state)
            if let failure = state.failure { throw failure }
            var status = stat()
            guard fstat(state.descriptor, &status) == 0 else { throw RunsError.system(errno, writing: state.path) }
            return Int(status.st_size)
        }
    }

    /// Hands everything to the system and takes no more lines; the lock stays.
    func settle() throws {
        timer.cancel()
        try state.withLock { state in
            guard !state.settled else { return }
            Self.drain(&state)
            state.settled = true
            if let failure = state.failure { throw failure }
        }
    }

    /// Closes the file, which gives up the lock; what is still buffered is handed to the system.
    func finish() {
        timer.cancel()
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            Self.drain(&state)
            // A program that is just being started may hold a copy of the file for a moment, and with it the lock.
            if holdsLock { flock(state.descriptor, LOCK_UN) }
            close(state.descriptor)
            state.descriptor = -1
        }
    }

    private func tick() {
        flush()
        guard holdsLock else { return }
        // Others see by the file's time that the run is alive.
        state.withLock { state in
            if state.descriptor >= 0, !state.settled { _ = futimens(state.descriptor, nil) }
        }
    }
}

extension LineWriter {
    private static func flushToDisk(_ state: inout State) {
        guard state.descriptor >= 0, state.failure == nil else { return }
        if fsync(state.descriptor) != 0 { state.failure = RunsError.system(errno, writing: state.path) }
    }

    private static func drain(_ state: inout State) {
        guard state.descriptor >= 0, !state.settled, state.buffer.count > 0, state.failure == nil else { return }
        let bytes = state.buffer.bytes
        var written = 0
        while written < bytes.count {
            let count = write(state.descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            if count < 0 {
                if errno == EINTR { continue }
                state.failure = RunsError.system(errno, writing: state.path)
                break
            }
            written += count
        }
        state.buffer.removeAll()
    }
}
