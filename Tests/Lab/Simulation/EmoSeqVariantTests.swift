import LabSafeguards
import LabTestKit
import Testing

@testable import LabSimulation

/// Presets and switches against a solver in NumPy that shares nothing with ours.
@Suite struct EmoSeqVariantTests {
    struct Known: Decodable {
        let optimum: [String: Double]
        let guarded: [String: Double]
        /// [emotion][assessment]
        let odds: [[Double]]
    }

    @Test func optimaAreThoseOfAnotherSolver() throws {
        let known: Known = try Fixture.json("Simulation/emoseq-variants.json")
        #expect(known.optimum.count == 5)
        for (name, optimum) in known.optimum {
            let words = name.split(separator: " ").map(String.init)
            let ours = try EmoSeqCase(words[0], EmoSeqSwitches(names: words.dropFirst()))
            #expect(abs(ours.free.value - optimum) < 1e-9, "\(name)")
            guard let guarded = known.guarded[name] else { continue }
            #expect(abs(ours.guarded.value - guarded) < 2e-3, "\(name)")
        }
    }

    @Test func oddsAreThoseOfBruteForce() throws {
        let known: Known = try Fixture.json("Simulation/emoseq-variants.json")
        let ours = AssessmentOdds(.presetS, safeguard: Safeguard()).probabilities
        for (row, expected) in zip(ours, known.odds) {
            for (probability, other) in zip(row, expected) { #expect(abs(probability - other) < 1e-3) }
        }
    }
}
