import Foundation

/// What a round's time is measured with.
public enum RoundClock: Sendable {
    /// Seconds of all threads of the process that does the round: what a busy machine does not blur.
    case processor
    /// Seconds that pass: for work that waits for the disk.
    case wall

    /// Seconds that `body` takes.
    func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        switch self {
        case .processor:
            let start = CPUClock.now()
            try await body()
            return CPUClock.now() - start
        case .wall:
            let start = ContinuousClock.now
            try await body()
            return (ContinuousClock.now - start) / .seconds(1)
        }
    }
}

/// Processor time of this process: what a busy machine does not blur.
public enum CPUClock {
    /// Seconds of all threads since the process began.
    public static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Processor seconds that `body` takes.
    public static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return now() - start
    }
}
