public import Foundation
import LabDomain

/// Counts with noise, as they leave; carries what a reader needs to judge them.
public struct ReleasedHistogram: Hashable, Sendable, Codable {
    public let name: String
    public let cells: [String]
    /// True counts plus noise; may be negative, as cutting off at zero would bias sums.
    public let counts: [Int]
    public let mechanism: String
    public let unit: String
    public let relation: NeighbouringRelation
    public let sensitivity: Int
    public let epsilon: Double
    public let delta: Double
    /// Count ± this covers the true count with a probability of at least `level`, for each cell by itself.
    public let halfWidth: Int
    public let level: Double
    /// `real` or `simulation`; noise of a simulation can be subtracted again.
    public let environment: String
    /// Of the population's budget, after this release was first paid.
    public let spentEpsilon: Double
    public let budgetEpsilon: Double
}

extension PrivacyLedger {
    /// Releases a histogram with discrete Laplace noise, charged to `population`.
    ///
    /// - Parameters:
    ///   - members: each customer's cell; customers who are in none are left out.
    ///   - noise: `.cryptographic` unless the population is simulated.
    /// - Returns: the released value as JSON (`ReleasedHistogram`) and what it cost now.
    ///
    /// Throws `PrivacyError` where the budget does not suffice or the sensitivity would not hold; then nothing is
    /// computed.
    public func release(
        _ query: HistogramQuery, members: [(customer: CustomerID, cell: Int)], population: String, noise: NoiseSource,
        at time: Date
    ) throws -> PaidRelease {
        let distribution = try query.noise()
        let cost = try PrivacyCost(epsilon: query.epsilon.value)
        let environment = noise.environment
        let request = ReleaseRequest(
            population: population, query: query.canonicalText + "\n" + environment,
            dataDigest: query.dataDigest(members), cost: cost)
        // What would make the stated sensitivity wrong is no secret worth a charge: it is a defect in the caller.
        let counts = try query.counts(members)
        return try release(request, at: time) {
            let after = try self.balance(of: population)
            let released = ReleasedHistogram(
                name: query.name, cells: query.cells,
                counts: zip(counts, noise.draw(distribution, count: counts.count)).map { $0 + $1 },
                mechanism: "discrete-laplace", unit: "customer", relation: query.relation,
                sensitivity: query.sensitivity, epsilon: query.epsilon.value, delta: 0,
                halfWidth: distribution.halfWidth(level: 0.95), level: 0.95, environment: environment,
                spentEpsilon: after.spent.epsilon, budgetEpsilon: after.budget.epsilon)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            return try encoder.encode(released)
        }
    }
}

extension ReleasedHistogram {
    /// Reads the value of a `PaidRelease` or of a run's `released/…json`.
    public init(json: Data) throws { self = try JSONDecoder().decode(Self.self, from: json) }
}
