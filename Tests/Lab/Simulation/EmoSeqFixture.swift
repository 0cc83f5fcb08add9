import LabTestKit

/// Known answers of the reference simulator in NumPy; `Tests/Fixtures/Simulation/README.md` says how they were made.
struct EmoSeqFixture: Decodable {
    let optimalValue: Double
    let referenceSampledOptimum: Double
    let referenceInitialCounts: [Int]
    let uniform: Double
    let never: Double
    let promote7: Double
    let myopic: Double
    let stateValues: [String: Double]
    let rewards: [String: Double]
    /// Option, state, next state, probability.
    let transitions: [[Double]]

    static func load() throws -> EmoSeqFixture {
        try Fixture.json("Simulation/emoseq.json")
    }
}
