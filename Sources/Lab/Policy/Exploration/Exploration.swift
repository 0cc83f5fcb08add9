import LabNumerics
import RealModule

/// How an agent that acts tries what it does not yet prefer; every action keeps a known probability.
public struct Exploration: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// With probability ε any permitted action, all alike.
        case epsilonGreedy = "epsilon-greedy"
        /// Probability ∝ exp(Q / temperature) among permitted actions.
        case boltzmann
    }

    public var kind = Kind.epsilonGreedy
    /// ε, or the temperature in units of the reward scale, at the beginning …
    public var start = 1.0
    /// … and from `share` of the steps on; in between it falls evenly.
    public var end = 0.05
    public var share = 0.5

    public init() {}

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    public func validate() throws {
        let range = kind == .epsilonGreedy ? "in [0, 1]" : "positive"
        for (name, value) in [("start", start), ("end", end)] {
            let holds = kind == .epsilonGreedy ? (0...1).contains(value) : value > 0 && value.isFinite
            try PolicyError.require(holds, name, value, range)
        }
        try PolicyError.require(share > 0 && share <= 1, "share", share, "in (0, 1]")
    }

    /// ε or the temperature at a part of the steps, in [0, 1].
    public func level(at progress: Double) -> Double { start + (end - start) * min(progress / share, 1) }

    /// Draws an action.
    ///
    /// - Parameters:
    ///   - scores: Q in units of the reward scale; shape [actions].
    ///   - permitted: shape [actions].
    /// - Returns: −1 where nothing is permitted.
    func choose(
        _ scores: UnsafeBufferPointer<Float>, permitted: UnsafeBufferPointer<Bool>, progress: Double,
        stream: inout RandomStream
    ) -> Int {
        guard let values = scores.baseAddress, let mask = permitted.baseAddress else { return -1 }
        let best = ActionChoice.best(values, mask, scores.count)
        guard best >= 0 else { return -1 }
        let level = level(at: progress)
        switch kind {
        case .epsilonGreedy:
            guard stream.nextDouble() < level else { return best }
            var rest = stream.nextInt(below: permitted.count { $0 })
            for action in 0..<scores.count where mask[action] {
                if rest == 0 { return action }
                rest -= 1
            }
            return best
        case .boltzmann:
            func weight(_ action: Int) -> Double { Double.exp(Double(values[action] - values[best]) / level) }
            var sum = 0.0
            for action in 0..<scores.count where mask[action] { sum += weight(action) }
            var rest = stream.nextDouble() * sum
            for action in 0..<scores.count where mask[action] {
                rest -= weight(action)
                if rest < 0 { return action }
            }
            return best
        }
    }
}
