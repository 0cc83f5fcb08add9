import Foundation
import LabNumerics
import LabStorage

/// A stand-in for a language model that runs here: it reads the prompt and writes ad copy by a small grammar.
///
/// The same request gives the same answer on every machine: its choices are drawn from a stream seeded by the SHA-256 of
/// the request. Now and then it errs as real models do — too long, too pushy, not JSON — so that every check behind it is
/// exercised. It is no measure of what a real model writes.
public struct StubLanguageModel: LanguageModelClient {
    public static let model = "stub-copywriter-1"

    public let vendor = "stub"
    /// The share of answers with a fault, in 0…1.
    public var faultRate: Double

    public init(faultRate: Double = 0.08) { self.faultRate = faultRate }

    public func complete(_ request: CompletionRequest) async throws(CreativeError) -> CompletionResponse {
        guard request.model == Self.model else {
            throw .model(ModelFailure(.unknownModel, vendor: vendor, message: "no model '\(request.model)'"))
        }
        guard let prompt = request.messages.last(where: { $0.role == .user })?.content, !prompt.isEmpty else {
            throw .model(ModelFailure(.invalidRequest, vendor: vendor, message: "the request has no user message"))
        }
        guard let digest = try? CompletionCache.key(vendor: vendor, request),
            let seed = UInt64(digest.prefix(16), radix: 16)
        else {
            throw .model(ModelFailure(.server, vendor: vendor, message: "the request cannot be encoded"))
        }
        var stream = RandomStream(seed: seed, name: "creative/stub")
        let assignment = StubAssignment(prompt: prompt)
        var copy = StubGrammar.copy(for: assignment, &stream)
        var text: String
        if stream.nextDouble() < faultRate {
            text = StubGrammar.faulty(&copy, assignment, &stream)
        } else {
            text = StubGrammar.json(copy)
        }
        let input = request.messages.reduce(0) { $0 + Self.tokens($1.content) + 4 }
        var output = Self.tokens(text)
        var finish = CompletionResponse.FinishReason.complete
        if output > request.maximumOutputTokens {
            // About four characters a token, cut where a real model would stop.
            text = String(text.prefix(request.maximumOutputTokens * 4))
            output = request.maximumOutputTokens
            finish = .length
        }
        return CompletionResponse(
            id: "stub-" + digest.prefix(24), model: Self.model, text: text, finishReason: finish,
            usage: TokenUsage(input: input, output: output))
    }

    /// About as many tokens as usual tokenisers make: one for each started run of up to six letters, one a sign.
    static func tokens(_ text: String) -> Int {
        var count = 0
        var run = 0
        for character in text {
            if character.isLetter || character.isNumber {
                if run % 6 == 0 { count += 1 }
                run += 1
            } else {
                run = 0
                if !character.isWhitespace { count += 1 }
            }
        }
        return count
    }
}

/// What the stub understood of a prompt: the lines that begin with a known word.
struct StubAssignment {
    var kind = "inform"
    var reader = "neutral"
    var product = "the product"
    var facts: [String] = []
    var offer = ""
    var thoughts: [String] = []
    var buttons: [String] = []
    /// The longest allowed length by part, in characters.
    var limits: [String: Int] = [:]

    init(prompt: String) {
        for line in prompt.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingSpaces
            switch line[..<colon] {
            case "Kind": kind = value.prefix { $0.isLetter }.description
            case "Reader": reader = value.prefix { $0.isLetter }.description
            case "Product": product = value
            case "Fact": facts.append(value)
            case "Offer": offer = value
            case "Thought": thoughts.append(value)
            case "Buttons": buttons = value.components(separatedBy: " | ")
            case "Limit":
                let words = value.split(separator: " ")
                if words.count > 1, let length = Int(words[1]) { limits[String(words[0])] = length }
            default: continue
            }
        }
    }
}
