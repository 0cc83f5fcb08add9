import Foundation
import LabNumerics
import LabSafeguards
import LabSimulation
import Testing

@testable import LabExperiments

/// Journeys that are written piece by piece.
@Suite final class SimulatedJourneysTests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-pieces-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test(arguments: [7, 40, 1_000])
    func piecesChangeNothing(_ size: Int) throws {
        let parameters = EmoSeqParameters.presetS
        let environment = try EmoSeqEnvironment(parameters, stream: RandomStream(seed: 2, name: "customers"))
        let policy = ObservedPolicy(EmoSeqLoggingPolicy(parameters))
        let stream = RandomStream(seed: 2, name: "actions")
        var rollout = Rollout(safeguard: Safeguard(), table: try parameters.actionTable)
        func write(_ size: Int) throws -> (RolloutResult, URL) {
            var simulated = SimulatedJourneys(rollout: rollout, environment: environment, policy: policy)
            simulated.pieceSize = size
            let url = folder.appendingPathComponent("\(UUID().uuidString).h5")
            return (try simulated.run(customers: 90, stream: stream, writing: url) {}, url)
        }
        let (result, file) = try write(size)
        let (_, other) = try write(90)
        #expect(try Data(contentsOf: file) == Data(contentsOf: other))

        rollout.keepsJourneys = true
        let whole = try rollout.run(environment, policy: policy, customers: 0..<90, stream: stream)
        #expect(try JourneyLog(contentsOf: file) == #require(whole.journeys))
        #expect(result.journeys == nil)
        #expect(result.values == whole.values && result.segments == whole.segments && result.periods == whole.periods)
        #expect(result.actions == whole.actions && result.assessments == whole.assessments)
        #expect(result.decisionCount == whole.decisionCount && result.churned == whole.churned)
        #expect(result.missed == whole.missed && result.clicks == whole.clicks && result.cost == whole.cost)
    }

    @Test func withoutAFileNothingIsKept() throws {
        let parameters = EmoSeqParameters.presetS
        let simulated = SimulatedJourneys(
            rollout: Rollout(safeguard: Safeguard(), table: try parameters.actionTable),
            environment: try EmoSeqEnvironment(parameters, stream: RandomStream(seed: 2, name: "customers")),
            policy: ObservedPolicy(EmoSeqLoggingPolicy(parameters)))
        let result = try simulated.run(
            customers: 5, stream: RandomStream(seed: 2, name: "actions"), writing: nil
        ) {}
        #expect(result.customerCount == 5)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
}
