public import LabDomain
import LabStorage

/// Writes the variants of every kind × reading × platform: prompt, cache, budget, model, checks, distinctness, templates.
public struct VariantWriter: Sendable {
    public var client: any LanguageModelClient
    public var model: String
    public var prompts: PromptBuilder
    public var checks: CopyChecks
    public var brief: Brief
    public var prices: PriceTable
    public var temperature: Double
    /// How often one variant is asked for before a template takes its place.
    public var attempts: Int
    /// The highest similarity between two variants of one kind, reading and platform (`Distinctness`).
    public var highestSimilarity: Double

    public init(
        client: any LanguageModelClient, model: String, prompts: PromptBuilder = PromptBuilder(),
        checks: CopyChecks = CopyChecks(), brief: Brief, prices: PriceTable, temperature: Double = 0.8,
        attempts: Int = 4, highestSimilarity: Double = 0.6
    ) {
        self.client = client
        self.model = model
        self.prompts = prompts
        self.checks = checks
        self.brief = brief
        self.prices = prices
        self.temperature = temperature
        self.attempts = attempts
        self.highestSimilarity = highestSimilarity
    }

    /// A text that was refused, and why.
    public struct Refusal: Hashable, Codable, Sendable {
        public let task: CopyTask
        public let copy: Copy?
        public let objections: [Objection]
    }

    /// What came of a task.
    public struct Result: Sendable {
        /// As many as could be made; fewer than asked for where nothing distinct was left.
        public var creatives: [Creative] = []
        public var refusals: [Refusal] = []
        /// Whether the budget refused a call.
        public var budgetReached = false
    }

    /// The variants of one kind, reading and platform, each unlike the others.
    ///
    /// A call that the budget refuses and a model that does not answer end in a template, not in an error: a campaign
    /// never stands without a text. Throws where the ledger itself fails.
    public func variants(
        _ count: Int, kind: CreativeKind, sentiment: Sentiment, platform: Platform, ledger: CostLedger,
        cache: CompletionCache
    ) async throws -> Result {
        var result = Result()
        for variant in 1...max(count, 1) {
            var task = CopyTask(kind: kind, sentiment: sentiment, platform: platform, variant: variant)
            var accepted: Creative?
            while accepted == nil, task.attempt <= attempts {
                let answer: CompletionResponse
                do {
                    answer = try await self.answer(task, ledger: ledger, cache: cache)
                } catch CreativeError.budgetExceeded {
                    result.budgetReached = true
                    break
                } catch CreativeError.model(let failure) {
                    result.refusals.append(Self.refusal(task, nil, "model.failed", failure.what))
                    if !failure.isTransient { break }
                    task.attempt += 1
                    continue
                }
                let (copy, objections) = try judged(answer, task, beside: result.creatives)
                if let copy, objections.isEmpty {
                    accepted = creative(task, copy, origin: "\(client.vendor)/\(answer.model)", aiGenerated: true)
                } else {
                    result.refusals.append(Refusal(task: task, copy: copy, objections: objections))
                    task.refusals = objections.map(\.reason)
                    task.attempt += 1
                }
            }
            if let accepted {
                result.creatives.append(accepted)
            } else if let fallback = try fallback(task, beside: result.creatives, &result.refusals) {
                result.creatives.append(fallback)
            }
        }
        return result
    }

    /// From the cache, or from the model after the money was set aside.
    private func answer(
        _ task: CopyTask, ledger: CostLedger, cache: CompletionCache
    ) async throws -> CompletionResponse {
        let request = prompts.request(for: task, brief: brief, model: model, temperature: temperature)
        let key = try CompletionCache.key(vendor: client.vendor, request)
        if let kept = cache.answer(for: key) { return kept }
        let price = try prices.price(of: model)
        let reservation = try ledger.reserve(price.ceiling(request), model: model, purpose: task.label)
        do {
            let answer = try await client.complete(request)
            try ledger.settle(reservation, cost: price.cost(answer.usage), usage: answer.usage)
            cache.keep(answer, for: key)
            return answer
        } catch let error as CreativeError {
            // Vendors do not charge for errors; a ledger that cannot release keeps the amount reserved.
            if case .model = error { try ledger.release(reservation) }
            throw error
        }
    }

    private func judged(
        _ answer: CompletionResponse, _ task: CopyTask, beside others: [Creative]
    ) throws -> (Copy?, [Objection]) {
        guard answer.finishReason == .complete else {
            return (
                nil, [Objection(rule: "model.unfinished", reason: "the model stopped: \(answer.finishReason.rawValue)")]
            )
        }
        do {
            let copy = try CopyParser.copy(from: answer)
            return (copy, try objections(to: copy, task, beside: others))
        } catch let error as CreativeError {
            return (nil, [Objection(rule: "model.unreadable", reason: error.what)])
        }
    }

    private func objections(to copy: Copy, _ task: CopyTask, beside others: [Creative]) throws -> [Objection] {
        var found = try checks.objections(
            to: copy, kind: task.kind, sentiment: task.sentiment, platform: task.platform)
        for other in others {
            let likeness = Distinctness.similarity(
                copy.headline + " " + copy.body, other.headline + " " + other.body)
            if likeness > highestSimilarity {
                found.append(
                    Objection(
                        rule: "variants.alike",
                        reason: "too much like another variant (\(Int((likeness * 100).rounded())) % of word pairs)"))
            }
        }
        return found
    }

    private func fallback(
        _ task: CopyTask, beside others: [Creative], _ refusals: inout [Refusal]
    ) throws -> Creative? {
        let copy = try HouseTemplates().copy(for: task, brief: brief, limits: checks.limits)
        let objections = try objections(to: copy, task, beside: others)
        guard objections.isEmpty else {
            refusals.append(Refusal(task: task, copy: copy, objections: objections))
            return nil
        }
        return creative(task, copy, origin: HouseTemplates.version, aiGenerated: false)
    }

    private func creative(_ task: CopyTask, _ copy: Copy, origin: String, aiGenerated: Bool) -> Creative {
        let content = [task.label, copy.headline, copy.body, copy.callToAction, origin].joined(separator: "\n")
        return Creative(
            id:
                "\(task.kind.name)-\(task.sentiment.name)-\(task.platform.rawValue)-\(Digest.sha256(content).prefix(10))",
            kind: task.kind, platform: task.platform, sentiment: task.sentiment, headline: copy.headline,
            body: copy.body,
            callToAction: copy.callToAction, aiGenerated: aiGenerated, origin: origin)
    }

    private static func refusal(_ task: CopyTask, _ copy: Copy?, _ rule: String, _ reason: String) -> Refusal {
        Refusal(task: task, copy: copy, objections: [Objection(rule: rule, reason: reason)])
    }
}
