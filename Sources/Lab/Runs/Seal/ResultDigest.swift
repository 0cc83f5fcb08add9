import Foundation
import LabStorage

/// The digest of what must come out again.
enum ResultDigest {
    /// SHA-256 over lines `<part> <sha256>`: configuration, metrics, evaluation without what was read from a clock, then
    /// the artifacts by name.
    static func compute(
        folder: URL, configuration: ConfigurationValue, artifacts: [Seal.Artifact]
    ) throws -> String {
        let evaluation = try Evaluation(contentsOf: folder)
        let measurements = try MetricsFile.read(folder.appending(path: RunFiles.metrics))
        var lines = ["lab-result 1"]
        lines.append("configuration " + Digest.sha256(try CanonicalJSON.encode(configuration)))
        lines.append("metrics " + Digest.sha256(Self.metrics(measurements)))
        lines.append("evaluation " + Digest.sha256(try CanonicalJSON.encode(evaluation.repeatable)))
        for artifact in artifacts.sorted(by: { $0.name < $1.name }) {
            lines.append("artifact \(artifact.content) \(artifact.name)")
        }
        return Digest.sha256(Data(lines.joined(separator: "\n").utf8))
    }

    /// Measurements without times, by name and then in the order of measuring: threads may interleave names freely.
    static func metrics(_ measurements: [MetricPoint]) -> Data {
        var lines = LineBuffer()
        for (_, series) in series(measurements) {
            for measurement in series {
                MetricLine.append(
                    name: measurement.name, value: measurement.value, step: measurement.step, milliseconds: 0,
                    to: &lines)
            }
        }
        return Data(lines.bytes)
    }

    /// The measurements by name, sorted by name, each in the order of measuring.
    static func series(_ measurements: [MetricPoint]) -> [(name: String, values: [MetricPoint])] {
        Dictionary(grouping: measurements, by: \.name).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension Evaluation {
    /// Reads `evaluation.json` of a run's folder.
    init(contentsOf folder: URL) throws {
        let file = folder.appending(path: RunFiles.evaluation)
        self = try RunsError.reading(file.path) {
            try CanonicalJSON.decode(Evaluation.self, from: Data(contentsOf: file))
        }
    }
}
