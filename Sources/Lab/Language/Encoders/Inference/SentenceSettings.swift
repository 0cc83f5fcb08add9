public import Foundation
public import LabNumerics

/// What a folder of sentence-transformers says beside the model: how tokens become a text's vector.
public struct SentenceSettings: Sendable, Equatable {
    /// `1_Pooling/config.json`; the mean without it.
    public var pooling = Pooling.mean
    /// Whether vectors get length 1: `modules.json` names `Normalize`.
    public var isNormalised = false
    /// The most tokens that are read of a text: `max_seq_length` of `sentence_bert_config.json`; `nil` leaves it to the model.
    public var longest: Int?

    public init(pooling: Pooling = .mean, isNormalised: Bool = false, longest: Int? = nil) {
        self.pooling = pooling
        self.isNormalised = isNormalised
        self.longest = longest
    }

    /// Those of a folder; what has no file keeps its default.
    ///
    /// - Throws: `LanguageError.unsupportedModel` for another way of pooling or another module, `.badWeights` for a file that is
    ///   damaged.
    public init(folder: URL) throws {
        if let modes = try Self.object(folder, "1_Pooling/config.json") { pooling = try Self.pooling(modes, folder) }
        if let limits = try Self.object(folder, "sentence_bert_config.json") {
            longest = (limits["max_seq_length"] as? NSNumber).map(\.intValue).flatMap { $0 > 0 ? $0 : nil }
        }
        if let modules = try Self.json(folder, "modules.json") as? [[String: Any]] {
            for type in modules.compactMap({ $0["type"] as? String }) {
                switch type.split(separator: ".").last {
                case "Transformer", "Pooling": break
                case "Normalize": isNormalised = true
                case let other:
                    throw LanguageError.unsupportedModel(
                        file: folder.appending(path: "modules.json").path, what: "the module \(other ?? "")",
                        supported: "the modules Transformer, Pooling and Normalize")
                }
            }
        }
    }

    private static func pooling(_ modes: [String: Any], _ folder: URL) throws -> Pooling {
        let known: [String: Pooling] = [
            "pooling_mode_mean_tokens": .mean, "pooling_mode_cls_token": .first, "pooling_mode_max_tokens": .max,
            "pooling_mode_lasttoken": .last,
        ]
        let chosen = modes.filter { $0.key.hasPrefix("pooling_mode") && ($0.value as? NSNumber)?.boolValue == true }
        guard chosen.count == 1, let name = chosen.first?.key, let pooling = known[name] else {
            throw LanguageError.unsupportedModel(
                file: folder.appending(path: "1_Pooling/config.json").path,
                what: "pooling by \(chosen.keys.sorted().joined(separator: " and "))",
                supported: "one of \(known.keys.sorted().joined(separator: ", "))")
        }
        return pooling
    }

    private static func object(_ folder: URL, _ name: String) throws -> [String: Any]? {
        guard let value = try json(folder, name) else { return nil }
        guard let object = value as? [String: Any] else {
            throw LanguageError.badWeights(file: folder.appending(path: name).path, reason: "it is no JSON object")
        }
        return object
    }

    private static func json(_ folder: URL, _ name: String) throws -> Any? {
        let url = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        do {
            return try JSONSerialization.jsonObject(with: Data(contentsOf: url))
        } catch {
            throw LanguageError.badWeights(file: url.path, reason: "it is no JSON")
        }
    }
}
