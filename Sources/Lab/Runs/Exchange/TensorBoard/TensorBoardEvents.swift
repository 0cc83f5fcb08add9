import Foundation
import LabStorage

/// The events of one run.
struct TensorBoardEvents {
    private let run: SealedRun
    private let points: [MetricPoint]

    init(_ run: SealedRun) throws {
        self.run = run
        points = try run.metrics()
    }

    /// The bytes of the event file.
    func file() -> [UInt8] {
        var output: [UInt8] = []
        var version = ProtocolBuffer()
        version.add(1, double: run.record.started.timeIntervalSince1970)
        version.add(3, text: "brain.Event:2")
        RecordFraming.append(version.bytes, to: &output)

        let started = run.record.started.timeIntervalSince1970
        let sealed = run.seal.sealed.timeIntervalSince1970
        append(HyperParameters.start(run), at: started, step: 0, to: &output)
        append(Self.text("configuration", configuration), at: started, step: 0, to: &output)
        for point in points {
            append(Self.scalar(point.name, point.value), at: point.time, step: point.step, to: &output)
        }
        let last = points.map(\.step).max() ?? 0
        for (name, value) in run.evaluation.exportedNumbers {
            append(Self.scalar("evaluation/" + name, value), at: sealed, step: last, to: &output)
        }
        if !run.evaluation.notes.isEmpty {
            let notes = run.evaluation.notes.joined(separator: "\n\n")
            append(Self.text("notes", notes), at: sealed, step: 0, to: &output)
        }
        append(HyperParameters.end(at: sealed), at: sealed, step: 0, to: &output)
        return output
    }

    /// A table in Markdown, which TensorBoard shows.
    private var configuration: String {
        var rows = ["| setting | value |", "|---|---|", "| run | \(run.reference) |", "| id | \(run.id) |"]
        rows.append("| resultDigest | \(run.seal.resultDigest) |")
        rows.append("| seed | \(run.record.seed) |")
        for (key, value) in run.configuration.flattened().sorted(by: { $0.key < $1.key }) where !key.isEmpty {
            let text = value.inlineYAML.replacingOccurrences(of: "|", with: "\\|")
            rows.append("| \(key) | \(text) |")
        }
        return rows.joined(separator: "\n")
    }

    private func append(_ value: ProtocolBuffer, at time: Double, step: Int, to output: inout [UInt8]) {
        var summary = ProtocolBuffer()
        summary.add(1, message: value)
        var event = ProtocolBuffer()
        event.add(1, double: time)
        if step != 0 { event.add(2, integer: step) }
        event.add(5, message: summary)
        RecordFraming.append(event.bytes, to: &output)
    }

    /// A `Summary.Value` with a number.
    private static func scalar(_ tag: String, _ number: Double) -> ProtocolBuffer {
        var value = ProtocolBuffer()
        value.add(1, text: tag)
        value.add(2, float: Float(number))
        return value
    }

    /// A `Summary.Value` with a text, as a tensor of one string.
    private static func text(_ tag: String, _ text: String) -> ProtocolBuffer {
        var dimension = ProtocolBuffer()
        dimension.add(1, integer: 1)
        var shape = ProtocolBuffer()
        shape.add(2, message: dimension)
        var tensor = ProtocolBuffer()
        tensor.add(1, integer: 7)
        tensor.add(2, message: shape)
        tensor.add(8, text: text)
        var value = ProtocolBuffer()
        value.add(1, text: tag)
        value.add(8, message: tensor)
        value.add(9, message: metadata(plugin: "text", content: []))
        return value
    }

    /// A `SummaryMetadata` that names the plugin.
    static func metadata(plugin: String, content: [UInt8]) -> ProtocolBuffer {
        var data = ProtocolBuffer()
        data.add(1, text: plugin)
        if !content.isEmpty { data.add(2, bytes: content) }
        var metadata = ProtocolBuffer()
        metadata.add(1, message: data)
        return metadata
    }
}
