import Foundation
import LabDomain
import LabNumerics
import LabSimulation

/// Lets a policy decide about many customers, some thousand at a time, so that their journeys need not fit in memory.
struct SimulatedJourneys {
    /// Customers whose journeys are in memory at a time; nothing that comes out depends on it.
    static let pieceSize = 2_000

    let rollout: Rollout
    let environment: EmoSeqEnvironment
    let policy: any SimulationPolicy
    var pieceSize = Self.pieceSize

    /// What came of customers 0 ..< `customers`; their journeys only in the file.
    ///
    /// Throws what a rollout throws, and what writing throws; then there is no file.
    func run(
        customers: Int, stream: RandomStream, writing url: URL?, willStep: () throws -> Void
    ) throws -> RolloutResult {
        let writer = try url.map {
            try JourneyLogWriter(
                $0, schema: environment.schema, actionCount: environment.actionCount, discount: environment.discount)
        }
        var rollout = rollout
        rollout.keepsJourneys = writer != nil
        var result = RolloutResult()
        for start in stride(from: 0, to: customers, by: pieceSize) {
            var piece = try rollout.run(
                environment, policy: policy, customers: start..<min(start + pieceSize, customers), stream: stream,
                willStep: willStep)
            if let log = piece.journeys.take() { try writer?.append(log) }
            result.append(piece)
        }
        try writer?.close()
        return result
    }
}
