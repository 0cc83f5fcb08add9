import Foundation

/// When a measurement is on disk.
public enum MetricFlushing: String, Codable, Sendable, CaseIterable {
    /// Handed to the system at most 200 ms later: a kill of the process loses at most what came since.
    case buffered
    /// Written and flushed before `log` returns: not even the power going loses it.
    case each
}

extension Run {
    /// Records one measurement.
    ///
    /// - Parameters:
    ///   - metric: a name such as `loss`; one name has one meaning and one unit.
    ///   - value: any number; infinities and not-a-number are kept as what they are.
    ///   - step: what the experiment counts, for example gradient steps.
    ///   - durable: waits until it is on disk; by default as the run was launched, which is buffered unless asked for.
    public func log(_ metric: String, _ value: Double, step: Int, durable: Bool? = nil) {
        let milliseconds = time.milliseconds
        metrics.append(durably: durable ?? flushesEach) { buffer in
            MetricLine.append(name: metric, value: value, step: step, milliseconds: milliseconds, to: &buffer)
        }
        observer.measured(self, metric: metric, value: value, step: step)
    }

    /// Hands buffered measurements and log lines to the system at once.
    public func flush() {
        metrics.flush()
        logLines.flush()
    }
}
