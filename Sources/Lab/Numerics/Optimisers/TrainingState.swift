public import Foundation

/// Everything from which a training goes on bit for bit: networks, an optimiser's moments and steps, random streams,
/// positions. Written as one safetensors file; moments and parameters are F32 tensors, small values JSON in its header.
///
/// ```swift
/// var state = TrainingState()
/// state.add(network, as: "network")
/// state.add(adam, as: "adam")
/// try state.add(draws, as: "draws")  // a RandomStream, or anything Codable
/// try state.write(to: file)
///
/// let state = try TrainingState.read(file)
/// try state.load(&network, "network")
/// try state.load(&adam, "adam", for: network)
/// draws = try state.value("draws")
/// ```
public struct TrainingState: Sendable, Equatable {
    /// Of the file's format; others are refused.
    public static let format = 1
    private static let formatKey = "lab.trainingState"
    private static let valuePrefix = "value."

    var tensors: [String: NamedTensor] = [:]
    /// JSON by name.
    var values: [String: String] = [:]
    /// Where it came from, for messages.
    var place = "the training state"

    public init() {}

    public static func == (left: TrainingState, right: TrainingState) -> Bool {
        left.tensors == right.tensors && left.values == right.values
    }

    /// The tensors, by name in alphabetical order.
    public var namedTensors: [NamedTensor] { tensors.values.sorted { $0.name < $1.name } }

    /// Writes the file, which appears whole or not at all.
    ///
    /// - Throws: `NumericsError.fileUnavailable`.
    public func write(to url: URL) throws {
        var metadata = [Self.formatKey: String(Self.format)]
        for (name, text) in values { metadata[Self.valuePrefix + name] = text }
        try Safetensors.write(namedTensors, metadata: metadata, to: url)
    }

    /// Reads a file of `write(to:)`.
    ///
    /// - Throws: `NumericsError.fileUnavailable`, `.malformedSafetensors`, or `.unusableState` where the file holds no
    ///   training state or one of another format.
    public static func read(_ url: URL) throws -> TrainingState {
        let file = try Safetensors.read(url)
        guard let format = file.metadata[formatKey] else {
            throw NumericsError.unusableState(place: url.path, reason: "it holds no training state")
        }
        guard format == String(Self.format) else {
            throw NumericsError.unusableState(
                place: url.path, reason: "its format is \(format), and this version reads \(Self.format)")
        }
        var state = TrainingState()
        state.place = url.path
        for entry in file.entries {
            let elements: [Float] = try file.elements(entry.name)
            state.tensors[entry.name] = NamedTensor(entry.name, shape: entry.shape, elements)
        }
        for (key, text) in file.metadata where key.hasPrefix(valuePrefix) {
            state.values[String(key.dropFirst(valuePrefix.count))] = text
        }
        return state
    }
}
