import Foundation
import LabDomain
import LabSafeguards

/// `bundle.json`: what a bundle holds, where it comes from and what it may be used for.
///
/// It holds no time, host, path or run number, so that the same runs give the same bundle; those stand in the signed
/// statement beside it.
public struct BundleManifest: Codable, Sendable, Equatable {
    public static let currentFormat = 1

    /// Where what a bundle decides may take effect.
    public enum Environment: String, Codable, Sendable {
        /// Trained or judged on simulated customers: production refuses it.
        case simulation
        case production
    }

    public var format: Int
    /// The first 16 hexadecimal digits of the content's SHA-256; see `BundleContent`.
    public var id: String
    public var environment: Environment
    public var policy: PolicyCard
    /// SHA-256 of `Safeguard.canonicalText`.
    public var safeguardDigest: String
    /// Asked before every decision; cannot be switched off.
    public var safeguard: Safeguard
    public var verdict: VerdictCard
    /// The runs that it was made from, by what they must give again; sorted by role.
    public var createdFrom: [SourceRun]
    public var card: ModelCard

    public init(
        id: String = "", environment: Environment, policy: PolicyCard, safeguard: Safeguard, safeguardDigest: String,
        verdict: VerdictCard, createdFrom: [SourceRun], card: ModelCard
    ) {
        format = Self.currentFormat
        self.id = id
        self.environment = environment
        self.policy = policy
        self.safeguard = safeguard
        self.safeguardDigest = safeguardDigest
        self.verdict = verdict
        self.createdFrom = createdFrom
        self.card = card
    }
}

/// Which policy a bundle carries, on what states and actions.
public struct PolicyCard: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// A trained network that passed the gate.
        case learned
        /// Nothing passed: the policy that made the log goes on.
        case behaviour
    }

    public var kind: Kind
    /// SHA-256 of `policy.safetensors`.
    public var digest: String
    public var schema: StateSchema
    /// SHA-256 of `StateSchema.canonicalText`.
    public var schemaDigest: String
    /// One name an action, in the order of the action space.
    public var actions: [String]
    /// The creative kind that each action shows; `nil` waits.
    public var kinds: [CreativeKind?]

    public init(
        kind: Kind, digest: String, schema: StateSchema, schemaDigest: String, actions: [String],
        kinds: [CreativeKind?]
    ) {
        self.kind = kind
        self.digest = digest
        self.schema = schema
        self.schemaDigest = schemaDigest
        self.actions = actions
        self.kinds = kinds
    }
}

/// What the promotion gate said.
public struct VerdictCard: Codable, Sendable, Equatable {
    public var accepted: Bool
    /// The share of decisions for which the evidence holds: the first stage's exposure; 0 after a refusal.
    public var exposure: Double
    /// One sentence each.
    public var reasons: [String]

    public init(accepted: Bool, exposure: Double, reasons: [String]) {
        self.accepted = accepted
        self.exposure = exposure
        self.reasons = reasons
    }
}

/// A run that went into a bundle, by what a reproduction must give again.
public struct SourceRun: Codable, Sendable, Hashable {
    public var role: String
    public var experiment: String
    public var resultDigest: String

    public init(role: String, experiment: String, resultDigest: String) {
        self.role = role
        self.experiment = experiment
        self.resultDigest = resultDigest
    }
}
