import Foundation
import LabDomain

/// `rollout.json`: who gets the learned policy at which stage, and what stops it.
public struct RolloutPlan: Codable, Sendable, Equatable {
    public static let currentFormat = 1

    /// What is exposed, or not, as a whole.
    public enum Unit: String, Codable, Sendable {
        /// Each decision by itself: a customer meets both policies. What the gate judges (a mixture drawn anew at each
        /// decision) is this.
        case decision
        /// A customer meets one policy only; needs evidence of its own.
        case customer
    }

    public var format: Int
    public var unit: Unit
    /// Part of every bucket: made from the policy, so that two rollouts do not draw the same.
    public var salt: String
    /// In order; exposures rise.
    public var stages: [RolloutStage]
    public var guardrails: [Guardrail]

    public init(unit: Unit = .decision, salt: String, stages: [RolloutStage], guardrails: [Guardrail]) {
        format = Self.currentFormat
        self.unit = unit
        self.salt = salt
        self.stages = stages
        self.guardrails = guardrails
    }

    /// Stages that start where the gate's evidence ends and double up to everybody; after a refusal one of exposure 0.
    ///
    /// - Parameter exposure: the largest share λ in (0, 1] that passed the gate, or 0.
    public static func doubling(from exposure: Double, salt: String) -> RolloutPlan {
        guard exposure > 0 else {
            let stage = RolloutStage(name: "behaviour", exposure: 0, requires: "a candidate that passes the gate")
            return RolloutPlan(salt: salt, stages: [stage], guardrails: Guardrail.standard)
        }
        var stages = [RolloutStage(name: "first", exposure: min(exposure, 1), requires: "the gate's verdict")]
        while let last = stages.last, last.exposure < 1 {
            let next = min(1, last.exposure * 2)
            stages.append(
                RolloutStage(
                    name: next == 1 ? "everybody" : "stage \(stages.count + 1)", exposure: next,
                    requires: "the gate's verdict on the log of the stage before"))
        }
        return RolloutPlan(salt: salt, stages: stages, guardrails: Guardrail.standard)
    }

    /// Throws `ServingError.badRollout` where exposures do not rise in [0, 1].
    public func validate() throws {
        guard !stages.isEmpty else { throw ServingError.badRollout(problem: "it has no stage") }
        guard !salt.isEmpty else { throw ServingError.badRollout(problem: "it has no salt") }
        var last = -1.0
        for stage in stages {
            guard stage.exposure >= 0, stage.exposure <= 1, stage.exposure > last else {
                throw ServingError.badRollout(problem: "the exposure of '\(stage.name)' is \(stage.exposure)")
            }
            last = stage.exposure
        }
    }

    /// The stage; throws `ServingError.noSuchStage`.
    public func stage(_ index: Int) throws -> RolloutStage {
        guard stages.indices.contains(index) else {
            throw ServingError.noSuchStage(stage: index, count: stages.count)
        }
        return stages[index]
    }
}

/// One step of a rollout.
public struct RolloutStage: Codable, Sendable, Equatable {
    public var name: String
    /// The share of units that get the learned policy, in [0, 1].
    public var exposure: Double
    /// What must be there before it begins.
    public var requires: String

    public init(name: String, exposure: Double, requires: String) {
        self.name = name
        self.exposure = exposure
        self.requires = requires
    }
}

/// A figure that stops a rollout when the exposed customers fall behind the others.
public struct Guardrail: Codable, Sendable, Equatable {
    public var metric: String
    public var better: Direction
    /// How far the exposed may fall behind, as a share of the others' figure.
    public var tolerance: Double
    /// Confidence with which that must be shown before it stops.
    public var level: Double

    public enum Direction: String, Codable, Sendable {
        case higher
        case lower
    }

    public init(metric: String, better: Direction, tolerance: Double, level: Double = 0.95) {
        self.metric = metric
        self.better = better
        self.tolerance = tolerance
        self.level = level
    }

    /// Value and conversions may not fall, churn and objections not rise; promotion to the distressed has no tolerance.
    public static let standard = [
        Guardrail(metric: "valuePerCustomer", better: .higher, tolerance: 0.05),
        Guardrail(metric: "conversionRate", better: .higher, tolerance: 0.1),
        Guardrail(metric: "churnRate", better: .lower, tolerance: 0.1),
        Guardrail(metric: "objectionRate", better: .lower, tolerance: 0.1),
        Guardrail(metric: "promotionsToDistressed", better: .lower, tolerance: 0, level: 1),
    ]
}
