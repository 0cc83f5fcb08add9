/// A language model behind whatever network or process: one request in, one complete response out.
///
/// A client throws only `CreativeError.model`, whose `ModelFailure` says whether and when a repetition makes sense. It
/// neither retries nor counts money: `VariantWriter` and `CostLedger` do, alike for every vendor.
public protocol LanguageModelClient: Sendable {
    /// For example `stub`, `openai`, `anthropic`, `ollama`.
    var vendor: String { get }

    /// Answers the request.
    func complete(_ request: CompletionRequest) async throws(CreativeError) -> CompletionResponse
}

/// What a model is asked.
public struct CompletionRequest: Hashable, Codable, Sendable {
    /// Who speaks in a conversation.
    public enum Role: String, Codable, Sendable, Hashable {
        case system
        case user
        case assistant
    }

    /// One turn of a conversation.
    public struct Message: Hashable, Codable, Sendable {
        public var role: Role
        public var content: String

        public init(_ role: Role, _ content: String) {
            self.role = role
            self.content = content
        }
    }

    /// The form of the answer.
    public enum ResponseFormat: String, Codable, Sendable, Hashable {
        case text
        case json
    }

    public var model: String
    public var messages: [Message]
    /// At most so many tokens are generated; every vendor charges for them, reasoning included.
    public var maximumOutputTokens: Int
    /// 0 is the most probable text.
    public var temperature: Double
    /// Where the vendor has it; the same seed need not give the same answer.
    public var seed: UInt64?
    public var stop: [String]
    public var responseFormat: ResponseFormat

    public init(
        model: String, messages: [Message], maximumOutputTokens: Int = 300, temperature: Double = 0.8,
        seed: UInt64? = nil, stop: [String] = [], responseFormat: ResponseFormat = .json
    ) {
        self.model = model
        self.messages = messages
        self.maximumOutputTokens = maximumOutputTokens
        self.temperature = temperature
        self.seed = seed
        self.stop = stop
        self.responseFormat = responseFormat
    }
}

/// What a model answered.
public struct CompletionResponse: Hashable, Codable, Sendable {
    /// Why the model stopped, in one vocabulary for all vendors.
    public enum FinishReason: String, Codable, Sendable, Hashable {
        /// The text is complete (`stop`, `end_turn`, `stop_sequence`).
        case complete
        /// The token limit cut it off (`length`, `max_tokens`).
        case length
        /// The vendor's filter or the model refused (`content_filter`, `refusal`).
        case refused
        /// The context window was full (`model_context_window_exceeded`).
        case contextFull
        /// Anything else, such as `tool_calls` or `pause_turn`.
        case other
    }

    /// The vendor's identifier of the answer.
    public var id: String
    /// The model that answered, which may be more exact than the one asked for.
    public var model: String
    public var text: String
    public var finishReason: FinishReason
    public var usage: TokenUsage

    public init(id: String, model: String, text: String, finishReason: FinishReason, usage: TokenUsage) {
        self.id = id
        self.model = model
        self.text = text
        self.finishReason = finishReason
        self.usage = usage
    }
}

/// Tokens as vendors bill them. The kinds do not overlap: cached ones are not counted in `input`.
public struct TokenUsage: Hashable, Codable, Sendable {
    public var input: Int
    public var output: Int
    /// Read from the vendor's prompt cache.
    public var cachedInput: Int
    /// Written to the vendor's prompt cache.
    public var cacheWrite: Int

    public init(input: Int, output: Int, cachedInput: Int = 0, cacheWrite: Int = 0) {
        self.input = input
        self.output = output
        self.cachedInput = cachedInput
        self.cacheWrite = cacheWrite
    }
}
