import Foundation
import LabStorage
import Synchronization

/// Answers by what was asked: replaying a generation costs nothing and gives the same texts.
///
/// Only complete answers are kept. The key covers the prompt, the model and every parameter.
public final class CompletionCache: Sendable {
    private struct State {
        var answers: [String: CompletionResponse] = [:]
        var hits = 0
        var misses = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// SHA-256, in hexadecimal, of the vendor and the whole request in canonical JSON.
    public static func key(vendor: String, _ request: CompletionRequest) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = Data((vendor + "\n").utf8)
        text.append(try encoder.encode(request))
        return Digest.sha256(text)
    }

    /// The answer kept under a key; counts a hit or a miss.
    public func answer(for key: String) -> CompletionResponse? {
        state.withLock { state in
            let found = state.answers[key]
            if found == nil { state.misses += 1 } else { state.hits += 1 }
            return found
        }
    }

    public func keep(_ answer: CompletionResponse, for key: String) {
        guard answer.finishReason == .complete else { return }
        state.withLock { $0.answers[key] = answer }
    }

    public var hits: Int { state.withLock { $0.hits } }
    public var misses: Int { state.withLock { $0.misses } }

    /// Shares of a saved cache, sorted by key.
    private struct Entry: Codable {
        var key: String
        var answer: CompletionResponse
    }

    /// Writes all answers as lines of JSON sorted by key.
    public func save(to url: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let entries = state.withLock { $0.answers }.sorted { $0.key < $1.key }
        var data = Data()
        for (key, answer) in entries {
            data.append(try encoder.encode(Entry(key: key, answer: answer)))
            data.append(0x0A)
        }
        try AtomicFile.write(data, to: url)
    }

    /// Adds the answers of a saved cache.
    public func load(from url: URL) throws {
        let decoder = JSONDecoder()
        for line in try Data(contentsOf: url).split(separator: 0x0A) {
            let entry = try decoder.decode(Entry.self, from: line)
            state.withLock { $0.answers[entry.key] = entry.answer }
        }
    }
}
