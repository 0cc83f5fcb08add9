import LabDomain
import LabNumerics

/// A fixed load for measuring how fast customers are stepped: whole episodes under actions drawn beforehand, with all
/// observations, on one thread.
public struct EmoSeqSteppingLoad: Sendable {
    private var environment: EmoSeqEnvironment
    private var batch: EnvironmentBatch
    /// [step][customer]
    private let actions: [[Int32]]
    private var next = 0

    /// - Parameters:
    ///   - batchSize: customers that are stepped together.
    ///   - seed: of customers and actions.
    ///
    /// Throws `SimulationError.invalidParameters`.
    public init(_ parameters: EmoSeqParameters = .presetS, batchSize: Int = 512, seed: UInt64 = 1) throws {
        environment = try EmoSeqEnvironment(parameters, stream: RandomStream(seed: seed, name: "stepping/customers"))
        batch = EnvironmentBatch(count: batchSize, featureCount: parameters.schema.features.count)
        var stream = RandomStream(seed: seed, name: "stepping/actions")
        actions = (0..<parameters.horizon).map { _ in
            (0..<batchSize).map { _ in Int32(stream.nextInt(below: parameters.actionCount)) }
        }
    }

    /// Plays the episodes of one batch of new customers.
    ///
    /// - Returns: the customer-periods that were lived.
    public mutating func playBatch() throws -> Int {
        environment.reset(customers: next..<next + batch.count, into: &batch)
        next += batch.count
        for step in actions {
            try environment.step(actions: step, into: &batch)
            if batch.elapsed.allSatisfy({ $0 == 0 }) { break }
        }
        return batch.periods.reduce(0) { $0 + Int($1) }
    }
}
