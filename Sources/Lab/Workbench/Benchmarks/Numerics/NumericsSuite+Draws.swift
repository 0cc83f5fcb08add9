import LabNumerics
import LabStatistics

extension NumericsSuite {
    /// Random draws and resampling.
    static var draws: [Contest] {
        [
            Contest(
                name: "normal draws", measure: .rate("M draws/s", work: 1), bar: .ratio(0.8),
                rival: .python(script: peerScript, arguments: ["normal"])
            ) {
                var stream = RandomStream(seed: 1, name: "benchmark")
                var buffer = [Float](repeating: 0, count: 1_000_000)
                return { stream.fillNormal(&buffer) }
            },
            // The peer does it as obp 0.5.7 estimates its intervals: one mean of `choice` for each resample.
            Contest(
                name: "bootstrap of a mean", measure: .nanoseconds("ns a draw", work: 1e6), bar: .atMost(1.5),
                rival: .python(script: peerScript, arguments: ["bootstrap"])
            ) {
                let stream = RandomStream(seed: 1, name: "benchmark")
                let values = (0..<1_000).map { Double(($0 * 37) % 101) }
                return { _ = Bootstrap.mean(values, resamples: 1_000, stream: stream) }
            },
        ]
    }
}
