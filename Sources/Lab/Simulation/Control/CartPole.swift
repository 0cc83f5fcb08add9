import Foundation
public import LabDomain
public import LabNumerics

/// The balancing pole of the control literature as an environment, with the dynamics that Gymnasium documents for CartPole-v1:
/// four numbers are seen, two actions push the cart, every period pays 1, and 500 periods are the end.
///
/// It has no customers to protect: it exists to compare agents with published results.
/// Source: Barto, Sutton and Anderson, IEEE Transactions on Systems, Man, and Cybernetics 13 (1983); the constants and the
/// explicit Euler step are Gymnasium's.
public struct CartPole: CustomerEnvironment {
    /// Position in metres, velocity, angle in radians, angular velocity.
    public struct State: Sendable, Equatable {
        public var position: Double
        public var velocity: Double
        public var angle: Double
        public var angularVelocity: Double

        public init(position: Double, velocity: Double, angle: Double, angularVelocity: Double) {
            self.position = position
            self.velocity = velocity
            self.angle = angle
            self.angularVelocity = angularVelocity
        }

        /// Whether the pole has fallen, beyond 12 degrees, or the cart has left its track, beyond 2.4 metres.
        public var hasFailed: Bool { abs(position) > 2.4 || abs(angle) > 12 * 2 * Double.pi / 360 }

        /// The state after 0.02 seconds of a push of 10 newtons to the right (action 1) or left (0).
        public func pushed(_ action: Int) -> State {
            let (gravity, poleMass, totalMass, halfLength, tau) = (9.8, 0.1, 1.1, 0.5, 0.02)
            let force = action == 1 ? 10.0 : -10.0
            let (sine, cosine) = (sin(angle), cos(angle))
            let shared = (force + poleMass * halfLength * angularVelocity * angularVelocity * sine) / totalMass
            let angularAcceleration =
                (gravity * sine - cosine * shared)
                / (halfLength * (4.0 / 3.0 - poleMass * cosine * cosine / totalMass))
            let acceleration = shared - poleMass * halfLength * angularAcceleration * cosine / totalMass
            return State(
                position: position + tau * velocity, velocity: velocity + tau * acceleration,
                angle: angle + tau * angularVelocity,
                angularVelocity: angularVelocity + tau * angularAcceleration)
        }

        var numbers: [Float] { [Float(position), Float(velocity), Float(angle), Float(angularVelocity)] }
    }

    public let schema = StateSchema(
        name: "cartpole", version: 1, features: ["position", "velocity", "angle", "angular.velocity"])
    public let actionCount = 2
    public let horizon = 500
    public let discount: Double
    private let stream: RandomStream
    private var states: [State] = []

    /// - Parameter stream: episode i begins in a state drawn from its child i.
    public init(discount: Double = 0.99, stream: RandomStream) {
        self.discount = discount
        self.stream = stream
    }

    public mutating func reset(customers: Range<Int>, into batch: inout EnvironmentBatch) {
        states = customers.map { number in
            var draws = stream.child(number)
            func small() -> Double { 0.1 * draws.nextDouble() - 0.05 }
            return State(position: small(), velocity: small(), angle: small(), angularVelocity: small())
        }
        for place in states.indices {
            batch.periods[place] = 0
            batch.rewards[place] = 0
            batch.elapsed[place] = 0
            batch.terminal[place] = false
            batch.truncated[place] = false
            observe(place, &batch)
        }
    }

    public mutating func step(actions: [Int32], into batch: inout EnvironmentBatch) throws {
        guard actions.count == states.count else {
            throw SimulationError.wrongActionCount(given: actions.count, needed: states.count)
        }
        for place in states.indices {
            (batch.rewards[place], batch.elapsed[place]) = (0, 0)
            if batch.ended(place) { continue }
            let action = Int(actions[place])
            guard (0..<actionCount).contains(action) else {
                throw SimulationError.unknownAction(action: action, customer: place, count: actionCount)
            }
            states[place] = states[place].pushed(action)
            batch.rewards[place] = 1
            batch.elapsed[place] = 1
            batch.periods[place] += 1
            batch.terminal[place] = states[place].hasFailed
            batch.truncated[place] = !batch.terminal[place] && batch.periods[place] >= Int32(horizon)
            observe(place, &batch)
        }
    }

    private func observe(_ place: Int, _ batch: inout EnvironmentBatch) {
        for (feature, number) in states[place].numbers.enumerated() { batch.observations[4 * place + feature] = number }
    }
}
