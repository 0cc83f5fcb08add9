import Foundation
public import LabDomain

/// The behaviour policy that logs journeys on EmoSeq: fixed preferences, more promotion to the warm, more empathy to the
/// sad, and a share of the mass spread evenly so that every action is tried.
///
/// Under a safeguard's mask the probabilities are scaled over what is permitted.
public struct EmoSeqLoggingPolicy: PolicyScorer {
    public let schema: StateSchema
    public let actionCount: Int
    /// Share of the mass that is spread evenly over all actions, in [0, 1].
    public let uniformShare: Double

    /// Preferences among the actions before the state is looked at.
    private let preferences: [Double]
    private let promotes: [Bool]
    private let empathises: [Bool]
    /// Where the smoothed sentiment stands in an observation; smoothed engagement and spend follow it.
    private let sentimentPlace: Int

    /// The logging policy of preset S.
    public init(schema: StateSchema = EmoSeqParameters.presetS.schema, uniformShare: Double = 0.1) {
        self.init(.presetS, schema: schema, uniformShare: uniformShare)
    }

    /// The logging policy of a population: its preferences raised to `loggingSharpness`, its uniform share.
    public init(_ parameters: EmoSeqParameters) {
        self.init(parameters, schema: parameters.schema, uniformShare: parameters.loggingUniformShare)
    }

    private init(_ parameters: EmoSeqParameters, schema: StateSchema, uniformShare: Double) {
        self.schema = schema
        self.uniformShare = uniformShare
        let actions = parameters.actions
        actionCount = actions.count
        let sharpness = parameters.loggingSharpness
        preferences = parameters.loggingPreferences.map { sharpness == 1 ? $0 : pow($0, sharpness) }
        promotes = actions.map { $0.creative == .promote }
        empathises = actions.map { $0.creative == .empathise }
        sentimentPlace = parameters.segmentCount + 3
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        try probabilities(states: states, permitted: permitted, tilt: nil)
    }

    /// - Parameter tilt: a factor on the preferences, one an action.
    func probabilities(states: [Float], permitted: [Bool], tilt: [Double]?) throws -> [Float] {
        let width = schema.features.count
        let rows = states.count / width
        guard states.count == rows * width, permitted.count == rows * actionCount else {
            throw SimulationError.policyDoesNotFit(
                "\(states.count) numbers are no rows of \(width), or \(permitted.count) masks no rows of \(actionCount)"
            )
        }
        var result = [Float](repeating: 0, count: rows * actionCount)
        var weights = preferences
        for row in 0..<rows {
            let seen = row * width + sentimentPlace
            let sentiment = states[seen]
            let warmth = states[seen + 1] + states[seen + 2]
            var total = 0.0
            for action in 0..<actionCount {
                var weight = preferences[action]
                if warmth > 0.3, promotes[action] { weight *= 2.5 }
                if sentiment < -0.3, empathises[action] { weight *= 1.5 }
                if let tilt { weight *= tilt[action] }
                weights[action] = weight
                total += weight
            }
            var kept = 0.0
            for action in 0..<actionCount {
                let mixed = (1 - uniformShare) * weights[action] / total + uniformShare / Double(actionCount)
                weights[action] = permitted[row * actionCount + action] ? mixed : 0
                kept += weights[action]
            }
            guard kept > 0 else {
                throw SimulationError.policyDoesNotFit("row \(row) permits no action")
            }
            for action in 0..<actionCount { result[row * actionCount + action] = Float(weights[action] / kept) }
        }
        return result
    }
}
