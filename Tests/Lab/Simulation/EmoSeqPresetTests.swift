import Foundation
import LabDomain
import LabSafeguards
import Testing

@testable import LabSimulation

@Suite struct EmoSeqPresetTests {
    @Test func presetLHasTheStatedActions() throws {
        let large = EmoSeqParameters.presetL
        try large.validate()
        let names = large.actions.map(\.name)
        #expect(names.count == 49 && Set(names).count == 49 && large.actionCount == 49)
        #expect(names[0] == "inform/0" && names[1] == "inform/0 +1" && names[2] == "inform/0 +3")
        #expect(names[29] == "promote/1 +3" && names[48] == "wait 1")
        #expect(large.actions[29].periods == 4 && large.option(ofAction: 29) == 9)
        #expect(large.option(ofAction: 48) == large.contactCount)
        #expect(large.schema.features.count == 64 && large.schema.name == "emoseq.l")
        // Two creatives promote, and the safeguards know both.
        let kinds = try large.actionTable.kinds
        #expect(kinds.count { $0 == .promote } == 24 && kinds.count { $0 == nil } == 1)
        #expect(abs(large.loggingPreferences.reduce(0, +) - 1) < 1e-12)
        #expect(try EmoSeqParameters.presetS.actionTable == .emoSeq)
    }

    @Test func switchesAreNamedAndCombine() throws {
        let switches = try EmoSeqSwitches(names: ["exploitable", "noisy"])
        #expect(switches.names == ["noisy", "exploitable"])
        let data = try JSONEncoder().encode(switches)
        #expect(String(decoding: data, as: UTF8.self) == #"["noisy","exploitable"]"#)
        #expect(try JSONDecoder().decode(EmoSeqSwitches.self, from: data) == switches)
        let parameters = try EmoSeqParameters.preset(named: "S", switches: switches)
        #expect(parameters.emotionNoise == 1.4 && parameters.complaintCost == 2)
        #expect(throws: SimulationError.unknownSwitch("noise")) { try EmoSeqSwitches(names: ["noise"]) }
        #expect(throws: SimulationError.unknownPreset("M")) { try EmoSeqParameters.preset(named: "M") }
        #expect(throws: SimulationError.self) {
            try EmoSeqParameters.preset(named: "S", switches: [.easy, .noisy])
        }
    }

    @Test(arguments: EmoSeqSwitches.named.map(\.name)) func everySwitchedPresetIsValidAndSurvivesCoding(
        name: String
    ) throws {
        for preset in EmoSeqParameters.presetNames {
            let parameters = try EmoSeqParameters.preset(named: preset, switches: EmoSeqSwitches(names: [name]))
            try parameters.validate()
            #expect(parameters != (try EmoSeqParameters.preset(named: preset)))
            #expect(
                try JSONDecoder().decode(EmoSeqParameters.self, from: JSONEncoder().encode(parameters)) == parameters)
        }
    }

    @Test func observationSwitchesLeaveTheCustomersAlone() throws {
        let plain = EmoSeqSolution.optimum(EmoSeqKernel(.presetS)).value
        for switches in [EmoSeqSwitches.easy, .noisy, .poorOverlap, .confounded] {
            let parameters = try EmoSeqParameters.preset(named: "S", switches: switches)
            #expect(EmoSeqSolution.optimum(EmoSeqKernel(parameters)).value == plain)
        }
    }

    @Test func poorOverlapConcentrates() throws {
        let plain = EmoSeqLoggingPolicy(.presetS)
        let poor = EmoSeqLoggingPolicy(try EmoSeqParameters.preset(named: "S", switches: .poorOverlap))
        let states = [Float](repeating: 0, count: 64)
        let all = [Bool](repeating: true, count: 12)
        let (wide, narrow) = (
            try plain.probabilities(states: states, permitted: all),
            try poor.probabilities(states: states, permitted: all)
        )
        #expect((wide.min() ?? 0) > 0.03)
        #expect((narrow.min() ?? 1) < 0.005 && (narrow.min() ?? 0) > 0.0005)
        #expect(abs(narrow.reduce(0, +) - 1) < 1e-6)
    }

    /// Exact values against simulation, for the larger population and where time matters.
    @Test(
        arguments: [
            ("L", EmoSeqSwitches()), ("S", EmoSeqSwitches.nonStationary),
            ("L", EmoSeqSwitches([.nonStationary, .exploitable, .noisy])), ("S", EmoSeqSwitches.exploitable),
        ] as [(String, EmoSeqSwitches)])
    func optimaAreReachedInSimulation(preset: String, switches: EmoSeqSwitches) throws {
        let known = try EmoSeqCase(preset, switches)
        for guarded in [false, true] {
            let exact = guarded ? known.guarded.value : known.free.value
            let result = try known.rollout(known.policy(.optimum, guarded: guarded), guarded: guarded)
            let simulated = meanAndError(result.values)
            #expect(abs(simulated.mean - exact) < 3.5 * simulated.error, "\(simulated) against \(exact)")
        }
    }

    /// A stationary population whose trends are spelled out as zeros is solved by the same phases.
    @Test func timeMattersOnlyWhereItIsSwitchedOn() throws {
        var parameters = EmoSeqParameters.presetS
        parameters.seasonAmplitude = 1e-300
        let kernel = EmoSeqKernel(parameters)
        #expect(kernel.phaseCount == 40)
        let value = EmoSeqSolution.optimum(kernel).value
        #expect(abs(value - EmoSeqSolution.optimum(EmoSeqKernel(.presetS)).value) < 1e-10)
        let drifting = EmoSeqKernel(try EmoSeqParameters.preset(named: "S", switches: .nonStationary))
        let (first, last) = (drifting.row(option: 7, state: 3), drifting.row(option: 7, state: 3, period: 39))
        #expect(first != last)
        #expect(abs(last.reduce(0, +) - 1) < 1e-12)
    }
}
