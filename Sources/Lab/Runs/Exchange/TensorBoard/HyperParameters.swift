import Foundation
import LabStorage

/// The records of TensorBoard's HPARAMS plugin: which settings a run had, and that it came to its end.
enum HyperParameters {
    /// The beginning of a session with all settings that are numbers, texts or flags.
    static func start(_ run: SealedRun) -> ProtocolBuffer {
        var session = ProtocolBuffer()
        var settings = run.configuration.flattened().filter { !$0.key.isEmpty }
        settings["seed"] = .integer(Int64(clamping: run.record.seed))
        for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
            guard let value = Self.value(value) else { continue }
            var entry = ProtocolBuffer()
            entry.add(1, text: key)
            entry.add(2, message: value)
            session.add(1, message: entry)
        }
        session.add(5, double: run.record.started.timeIntervalSince1970)
        return record("session_start_info", field: 3, session)
    }

    /// The successful end of a session.
    static func end(at time: Double) -> ProtocolBuffer {
        var session = ProtocolBuffer()
        session.add(1, integer: 1)
        session.add(2, double: time)
        return record("session_end_info", field: 4, session)
    }

    private static func record(_ name: String, field: Int, _ session: ProtocolBuffer) -> ProtocolBuffer {
        var content = ProtocolBuffer()
        content.add(1, integer: 0)
        content.add(field, message: session)
        var value = ProtocolBuffer()
        value.add(1, text: "_hparams_/" + name)
        value.add(9, message: TensorBoardEvents.metadata(plugin: "hparams", content: content.bytes))
        return value
    }

    /// A `google.protobuf.Value`.
    private static func value(_ setting: ConfigurationValue) -> ProtocolBuffer? {
        var value = ProtocolBuffer()
        switch setting {
        case .bool(let flag): value.add(4, integer: flag ? 1 : 0)
        case .integer(let integer): value.add(2, double: Double(integer))
        case .unsigned(let unsigned): value.add(2, double: Double(unsigned))
        case .number(let number): value.add(2, double: number)
        case .text(let text): value.add(3, text: text)
        case .list: value.add(3, text: setting.inlineYAML)
        case .null, .object: return nil
        }
        return value
    }
}
