public import LabDomain

/// Why a language model gave no answer, in one vocabulary for all vendors.
public struct ModelFailure: Error, Hashable, Codable, Sendable {
    /// What happened.
    public enum Reason: Hashable, Codable, Sendable {
        /// 401: no key or a wrong one.
        case authentication
        /// 403.
        case permission
        /// 402, or 429 with `insufficient_quota`: paying helps, waiting does not.
        case quotaExhausted
        /// 404: no such model.
        case unknownModel
        /// 400, 413: the request or its context is too large, or malformed; it never succeeds unchanged.
        case invalidRequest
        /// 429 and Meta-style throttling.
        case rateLimited
        /// 503, 529.
        case overloaded
        /// 500 and others above.
        case server
        /// 408, 504, or no answer in time.
        case timeout
        /// No connection, or one that broke off.
        case connection
        /// The vendor's moderation refused prompt or answer.
        case contentRefused
        /// An answer that is not what the vendor's contract says.
        case malformedResponse
    }

    public var reason: Reason
    public var vendor: String
    public var message: String
    /// The vendor's own code, for example `rate_limit_exceeded`.
    public var code: String?
    /// The vendor's identifier of the request, for its support.
    public var requestID: String?
    /// How long the vendor asks to wait, in seconds.
    public var retryAfter: Double?
    /// The vendor's own word on whether to repeat (`x-should-retry`), which goes before ours.
    public var vendorSaysRetry: Bool?

    public init(
        _ reason: Reason, vendor: String, message: String, code: String? = nil, requestID: String? = nil,
        retryAfter: Double? = nil, vendorSaysRetry: Bool? = nil
    ) {
        self.reason = reason
        self.vendor = vendor
        self.message = message
        self.code = code
        self.requestID = requestID
        self.retryAfter = retryAfter
        self.vendorSaysRetry = vendorSaysRetry
    }

    /// Whether the same request may succeed later.
    public var isTransient: Bool {
        if let vendorSaysRetry { return vendorSaysRetry }
        switch reason {
        case .rateLimited, .overloaded, .server, .timeout, .connection: return true
        case .authentication, .permission, .quotaExhausted, .unknownModel, .invalidRequest, .contentRefused,
            .malformedResponse:
            return false
        }
    }

    public var what: String {
        "\(vendor) did not answer: \(message)" + (requestID.map { " (request \($0))" } ?? "")
    }

    public var remedy: String {
        switch reason {
        case .authentication: "check the key that the configuration refers to"
        case .permission: "ask the account's owner for access to the model"
        case .quotaExhausted: "pay the vendor's bill or raise the vendor's limit"
        case .unknownModel: "choose a model that the vendor lists"
        case .invalidRequest: "shorten the prompt or correct the request"
        case .rateLimited, .overloaded, .server, .timeout:
            retryAfter.map { "try again in \($0) s" } ?? "try again later"
        case .connection: "check the network and the vendor's address"
        case .contentRefused: "change the brief; the vendor's rules forbid this text"
        case .malformedResponse: "check that the address is the vendor's API and of the expected version"
        }
    }

    public var status: ExitStatus {
        switch reason {
        case .authentication, .permission, .quotaExhausted: .noPermission
        case .unknownModel: .usage
        case .invalidRequest, .contentRefused, .malformedResponse: .badData
        case .rateLimited, .overloaded, .server, .timeout: .tryAgain
        case .connection: .unavailable
        }
    }
}
