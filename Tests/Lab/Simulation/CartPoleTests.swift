import Foundation
import LabDomain
import LabNumerics
import LabTestKit
import Testing

@testable import LabSimulation

/// The dynamics against Gymnasium's own (`Tests/Fixtures/Simulation/make_cartpole.py`).
@Suite struct CartPoleTests {
    struct Known: Decodable {
        struct Moment: Decodable {
            let step: Int
            let state: [Double]
        }

        struct Episode: Decodable {
            let name: String
            let start: [Double]
            let actions: String
            let states: [Moment]
            let terminated: Bool
            let truncated: Bool
        }

        let gymnasium: String
        let episodes: [Episode]
    }

    private static func state(_ numbers: [Double]) -> CartPole.State {
        CartPole.State(
            position: numbers[0], velocity: numbers[1], angle: numbers[2], angularVelocity: numbers[3])
    }

    @Test func everyStateIsGymnasiums() throws {
        let known: Known = try Fixture.json("Simulation/cartpole.json")
        #expect(known.gymnasium == "1.0.0" && known.episodes.count == 7)
        for episode in known.episodes {
            var state = Self.state(episode.start)
            var moments = episode.states[...]
            for (step, action) in episode.actions.enumerated() {
                // Nobody fails before the last push.
                #expect(!state.hasFailed, "\(episode.name), step \(step)")
                state = state.pushed(action == "1" ? 1 : 0)
                guard moments.first?.step == step + 1, let moment = moments.popFirst() else { continue }
                let ours = [state.position, state.velocity, state.angle, state.angularVelocity]
                for (mine, theirs) in zip(ours, moment.state) {
                    #expect(abs(mine - theirs) < 1e-6, "\(episode.name), step \(step)")
                }
                // A pole that stands upright doubles rounding every few steps: go on from where Gymnasium is.
                state = Self.state(moment.state)
            }
            #expect(moments.isEmpty)
            #expect(state.hasFailed == episode.terminated, "\(episode.name)")
            #expect(episode.truncated == (episode.actions.count == 500 && !episode.terminated))
        }
    }

    @Test func anEpisodeEndsWhereItFailsOrAfterFiveHundredPeriods() throws {
        var environment = CartPole(stream: RandomStream(seed: 1, name: "pole"))
        var batch = EnvironmentBatch(count: 2, featureCount: 4)
        environment.reset(customers: 7..<9, into: &batch)
        #expect(batch.observations.allSatisfy { abs($0) <= 0.05 })
        #expect(Set(batch.observations).count == 8)
        // The first is pushed to the right until it falls, the second is balanced by a rule.
        var fallen: Int32?
        for period in 1...500 {
            let second = Array(batch.observations[4..<8])
            let lean = second[2] + 0.5 * second[3] + 0.05 * second[0] + 0.1 * second[1]
            try environment.step(actions: [1, lean > 0 ? 1 : 0], into: &batch)
            #expect(batch.rewards[1] == 1 && batch.elapsed[1] == 1)
            if batch.terminal[0], fallen == nil { fallen = Int32(period) }
            // What has ended stands still and pays nothing.
            #expect(batch.rewards[0] == (fallen.map { Int32(period) > $0 } ?? false ? 0 : 1))
        }
        #expect(try #require(fallen) < 15 && batch.periods[0] == fallen && !batch.truncated[0])
        #expect(batch.truncated[1] && !batch.terminal[1] && batch.periods[1] == 500)
        #expect(throws: SimulationError.wrongActionCount(given: 1, needed: 2)) {
            try environment.step(actions: [1], into: &batch)
        }
        environment.reset(customers: 0..<1, into: &batch)
        #expect(throws: SimulationError.unknownAction(action: 2, customer: 0, count: 2)) {
            try environment.step(actions: [2], into: &batch)
        }
    }
}
