/// Ends a training when a figure has stopped to improve.
///
/// ```swift
/// var stopping = EarlyStopping(patience: 5, minimumImprovement: 0.001, better: .lower)
/// for epoch in 1...epochs {
///     …
///     if stopping.observe(validationLoss, step: epoch) == .stop { break }
/// }
/// ```
///
/// Codable, so that it can be part of a checkpoint.
/// Source: Prechelt, "Early Stopping — But When?", 1998, criterion UP with strips of one observation.
public struct EarlyStopping: Codable, Sendable, Equatable {
    public enum Decision: String, Codable, Sendable {
        /// The best value so far: keep the weights of this step.
        case improved
        /// No improvement, but patience is left.
        case wait
        /// Patience is used up.
        case stop
    }

    /// How many observations without improvement are borne before the next one stops.
    public let patience: Int
    /// What a value must be better by to count, in the figure's unit.
    public let minimumImprovement: Double
    public let better: Figure.Direction
    /// The best value, with its step; `nil` before the first number.
    public private(set) var best: Double?
    public private(set) var bestStep: Int?
    /// Observations since the best one.
    public private(set) var waited = 0

    public init(patience: Int, minimumImprovement: Double = 0, better: Figure.Direction) {
        self.patience = max(0, patience)
        self.minimumImprovement = max(0, minimumImprovement)
        self.better = better
    }

    /// Takes the next value; what is no number never improves.
    public mutating func observe(_ value: Double, step: Int) -> Decision {
        if improves(value) {
            best = value
            bestStep = step
            waited = 0
            return .improved
        }
        waited += 1
        return waited > patience ? .stop : .wait
    }

    private func improves(_ value: Double) -> Bool {
        guard !value.isNaN else { return false }
        guard let best else { return true }
        let gain = better == .lower ? best - value : value - best
        return minimumImprovement > 0 ? gain >= minimumImprovement : gain > 0
    }
}
