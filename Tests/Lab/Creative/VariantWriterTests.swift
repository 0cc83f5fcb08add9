import Foundation
import LabDomain
import Testing

@testable import LabCreative

/// A client that answers from a script.
private struct ScriptedModel: LanguageModelClient {
    let vendor = "script"
    let answer: @Sendable (Int) throws(CreativeError) -> String
    let calls = Counter()

    func complete(_ request: CompletionRequest) async throws(CreativeError) -> CompletionResponse {
        let text = try answer(calls.next())
        return CompletionResponse(
            id: "1", model: request.model, text: text, finishReason: .complete, usage: TokenUsage(input: 10, output: 10)
        )
    }
}

private final class Counter: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var value = 0

    func next() -> Int {
        lock.withLock {
            value += 1
            return value
        }
    }

    var count: Int { lock.withLock { value } }
}

@Suite struct VariantWriterTests {
    private func withLedger<Result>(
        _ cap: Int64 = 10_000_000, _ body: (CostLedger) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "variants-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(try CostLedger(folder.appending(path: "costs.sqlite"), cap: Money(micros: cap)))
    }

    private func writer(_ client: any LanguageModelClient = StubLanguageModel()) -> VariantWriter {
        VariantWriter(client: client, model: StubLanguageModel.model, brief: .example, prices: .stub)
    }

    @Test func theStubGivesDistinctPassingVariantsEverywhere() async throws {
        try await withLedger { ledger in
            let cache = CompletionCache()
            var all: [Creative] = []
            for platform in Platform.allCases where platform != .unknown {
                for kind in CreativeKind.allCases {
                    for sentiment in Sentiment.allCases {
                        let result = try await writer().variants(
                            3, kind: kind, sentiment: sentiment, platform: platform, ledger: ledger, cache: cache)
                        #expect(result.creatives.count == 3, "\(kind) \(sentiment) \(platform)")
                        all += result.creatives
                        for (index, left) in result.creatives.enumerated() {
                            let copy = Copy(headline: left.headline, body: left.body, callToAction: left.callToAction)
                            #expect(
                                try CopyChecks().objections(
                                    to: copy, kind: kind, sentiment: sentiment, platform: platform
                                ).isEmpty)
                            for right in result.creatives[..<index] {
                                let likeness = Distinctness.similarity(
                                    left.headline + " " + left.body, right.headline + " " + right.body)
                                #expect(likeness <= 0.6)
                            }
                        }
                    }
                }
            }
            #expect(all.count { $0.aiGenerated } > all.count * 9 / 10)
            #expect(Set(all.map(\.id)).count == all.count)
            #expect(Set(all.map(\.body)).count > all.count / 2, "varied, not one text everywhere")
            let spent = try ledger.balance().spent.micros
            let calls = try ledger.balance().calls
            #expect(spent > 0)
            // Again from the cache: the same texts, no call, no cost.
            let again = try await writer().variants(
                3, kind: .inform, sentiment: .negative, platform: .x, ledger: ledger, cache: cache)
            #expect(
                again.creatives == all.filter { $0.kind == .inform && $0.sentiment == .negative && $0.platform == .x })
            #expect(try ledger.balance().spent.micros == spent && ledger.balance().calls == calls)
            #expect(cache.hits > 0)
        }
    }

    @Test func theSameRequestGivesTheSameAnswer() async throws {
        let task = CopyTask(kind: .promote, sentiment: .positive, platform: .instagram, variant: 1)
        let request = PromptBuilder().request(for: task, brief: .example, model: StubLanguageModel.model)
        let first = try await StubLanguageModel().complete(request)
        #expect(try await StubLanguageModel().complete(request) == first)
        #expect(first.usage.input > 50 && first.usage.output > 10)
        var other = request
        other.temperature = 0.1
        #expect(try CompletionCache.key(vendor: "stub", other) != CompletionCache.key(vendor: "stub", request))
        other = request
        other.maximumOutputTokens = 5
        #expect(try await StubLanguageModel().complete(other).finishReason == .length)
        other.model = "gpt-x"
        await #expect(throws: CreativeError.self) { try await StubLanguageModel().complete(other) }
    }

    @Test func tooSmallABudgetEndsInTemplatesAndOverspendsNothing() async throws {
        try await withLedger(1_800) { ledger in
            var creatives: [Creative] = []
            var reached = false
            for sentiment in Sentiment.allCases {
                let result = try await writer().variants(
                    2, kind: .inform, sentiment: sentiment, platform: .email, ledger: ledger, cache: CompletionCache())
                creatives += result.creatives
                reached = reached || result.budgetReached
            }
            #expect(reached)
            #expect(creatives.contains { !$0.aiGenerated } && creatives.contains { $0.aiGenerated })
            #expect(creatives.count == 6)
            let balance = try ledger.balance()
            #expect(balance.spent.micros <= 1_800 && balance.reserved.micros == 0)
        }
    }

    @Test func refusedTextsAreAskedForAgainWithTheReasons() async throws {
        let model = ScriptedModel { (call) throws(CreativeError) in
            switch call {
            case 1: throw .model(ModelFailure(.overloaded, vendor: "script", message: "busy"))
            case 2: return "no object"
            case 3: return #"{"headline":"Hurry","body":"Ends today.","callToAction":"Go"}"#
            default: return "```json\n{\"headline\":\"Tea\",\"body\":\"Six teas.\",\"callToAction\":\"Go\"}\n```"
            }
        }
        try await withLedger { ledger in
            let result = try await writer(model).variants(
                1, kind: .inform, sentiment: .negative, platform: .email, ledger: ledger, cache: CompletionCache())
            #expect(result.creatives.map(\.headline) == ["Tea"])
            #expect(result.creatives.first?.aiGenerated == true)
            #expect(
                result.refusals.flatMap(\.objections).map(\.rule).prefix(2) == ["model.failed", "model.unreadable"])
            #expect(result.refusals.last?.objections.contains { $0.rule == "ethics.urgency" } == true)
            #expect(try ledger.balance().calls == 3, "the failed call is not charged")
            #expect(try ledger.balance().reserved.micros == 0)
        }
    }

    @Test func aModelThatCannotAnswerLeavesTheTemplate() async throws {
        let model = ScriptedModel { (_) throws(CreativeError) in
            throw .model(ModelFailure(.authentication, vendor: "script", message: "no key"))
        }
        try await withLedger { ledger in
            let result = try await writer(model).variants(
                1, kind: .empathise, sentiment: .negative, platform: .tiktok, ledger: ledger, cache: CompletionCache())
            #expect(result.creatives.count == 1 && result.creatives.first?.aiGenerated == false)
            #expect(model.calls.count == 1, "what cannot succeed is not repeated")
        }
    }

    @Test func likenessIsTheShareOfCommonWordPairs() {
        #expect(Distinctness.similarity("a b c d", "a b c d") == 1)
        #expect(Distinctness.similarity("a b c", "x y z") == 0)
        #expect(Distinctness.similarity("A b, c!", "a b d") == 1.0 / 3)
        #expect(Distinctness.similarity("one", "one") == 1)
    }

    @Test func theCacheSurvivesOnDisk() throws {
        let cache = CompletionCache()
        let answer = CompletionResponse(
            id: "i", model: "m", text: "t\n", finishReason: .complete, usage: TokenUsage(input: 1, output: 1))
        cache.keep(answer, for: "k")
        var cut = answer
        cut.finishReason = .length
        cache.keep(cut, for: "l")
        let url = FileManager.default.temporaryDirectory.appending(path: "cache-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: url) }
        try cache.save(to: url)
        let other = CompletionCache()
        try other.load(from: url)
        #expect(other.answer(for: "k") == answer && other.answer(for: "l") == nil)
    }

    @Test func failuresSayWhetherWaitingHelps() {
        #expect(ModelFailure(.rateLimited, vendor: "v", message: "").isTransient)
        #expect(!ModelFailure(.quotaExhausted, vendor: "v", message: "").isTransient)
        #expect(!ModelFailure(.server, vendor: "v", message: "", vendorSaysRetry: false).isTransient)
        #expect(CreativeError.model(ModelFailure(.rateLimited, vendor: "v", message: "")).status == .tryAgain)
    }
}
