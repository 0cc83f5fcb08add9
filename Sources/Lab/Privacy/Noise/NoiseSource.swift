public import LabNumerics

/// Where noise comes from.
public enum NoiseSource: Sendable {
    /// The system's cryptographic generator: for every release about real people.
    case cryptographic
    /// A seeded stream, which whoever knows the seed can subtract again: only for populations that are simulated.
    case simulation(RandomStream)

    /// What a release says of itself; production refuses `simulation`.
    public var environment: String {
        switch self {
        case .cryptographic: "real"
        case .simulation: "simulation"
        }
    }

    /// One draw for each of `count` places.
    func draw(_ noise: DiscreteLaplace, count: Int) -> [Int] {
        switch self {
        case .cryptographic:
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in noise.sample(&generator) }
        case .simulation(var stream):
            return (0..<count).map { _ in noise.sample(&stream) }
        }
    }
}
