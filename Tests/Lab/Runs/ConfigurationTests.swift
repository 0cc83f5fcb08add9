import Foundation
import LabDomain
import LabExperimentTestKit
import Testing

@testable import LabRuns

@Suite struct ConfigurationTests {
    typealias Resolver = ConfigurationResolver<Walk.Configuration>

    private func error(_ work: () throws -> Void) -> RunsError? {
        do {
            try work()
            return nil
        } catch {
            return error as? RunsError
        }
    }

    @Test func layersDefaultsFileAndSingleSettings() throws {
        var resolver = try Resolver()
        try resolver.apply(yaml: "steps: 7\nstep:\n  size: 2\n  drift: -1.5e-2\nlabel: 12\n", source: "a.yaml")
        try resolver.apply(override: "step.size=3")
        try resolver.apply(override: "levels=[1, 2.5]")
        let configuration = try resolver.resolved()
        #expect(configuration.steps == 7)
        #expect(configuration.step.size == 3)
        #expect(configuration.step.drift == -0.015)
        #expect(configuration.label == "12")
        #expect(configuration.levels == [1, 2.5])
        #expect(configuration.pause == 0)
    }

    @Test func keepsTheContract() throws {
        #expect(try ExperimentContract.faults(in: Walk.self) == [])
        #expect(try ExperimentContract.faults(in: Summit.self) == [])
    }

    @Test func theContractFindsFaults() throws {
        struct Bad: Experiment {
            struct Configuration: ExperimentConfiguration {
                var hidden = 1
                static let settings = [Setting("seed", "No sentence")]
            }
            static let name = "Bad"
            static let summary = "no sentence"
            static let smoke = Configuration()
            func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation { Evaluation() }
        }
        let faults = try ExperimentContract.faults(in: Bad.self)
        #expect(faults.contains { $0.contains("'Bad'") })
        #expect(faults.contains { $0.contains("'seed' is reserved") })
        #expect(faults.contains { $0.contains("'hidden' is not documented") })
    }

    @Test func anUnknownKeyNamesLineAndNearest() throws {
        let found = error {
            var resolver = try Resolver()
            try resolver.apply(yaml: "steps: 3\nstep:\n  sise: 2\n", source: "a.yaml")
        }
        #expect(found == .unknownKey(key: "step.sise", source: "a.yaml", line: 3, nearest: "step.size"))
        let override = error {
            var resolver = try Resolver()
            try resolver.apply(override: "stesp=3")
        }
        #expect(override?.remedy == "did you mean 'steps'?")
    }

    @Test(arguments: [
        ("steps: many", "steps", "a whole number, for example 200"),
        ("steps: 1.5", "steps", "a whole number"),
        ("step: 3", "step", "a mapping"),
        ("levels: 3", "levels", "a list"),
        ("step: {size: true}", "step.size", "a number"),
        ("seed: -1", "seed", "a whole number from 0"),
    ])
    func aWrongTypeSaysWhatWasExpected(yaml: String, key: String, expected: String) throws {
        let found = error {
            var resolver = try Resolver()
            try resolver.apply(yaml: yaml, source: "a.yaml")
            _ = try resolver.resolved()
        }
        guard case .wrongType(let foundKey, "a.yaml", 1, let foundExpectation, _)? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(foundKey == key)
        #expect(foundExpectation.hasPrefix(expected), "\(foundExpectation)")
        #expect(found?.status == .badData)
    }

    @Test func malformedYAMLNamesTheLine() throws {
        for (yaml, line) in [("steps: 3\nlabel: \"open\n", 3), ("steps: 3\n  label: x\n", 2), ("a: [1, 2\n", 2)] {
            let found = error {
                var resolver = try Resolver()
                try resolver.apply(yaml: yaml, source: "a.yaml")
            }
            guard case .malformedYAML("a.yaml", let place?, _)? = found else {
                Issue.record("\(yaml): \(String(describing: found))")
                continue
            }
            #expect(abs(place - line) <= 1, "\(yaml): line \(place)")
        }
        let twice = error {
            var resolver = try Resolver()
            try resolver.apply(yaml: "steps: 3\nsteps: 4\n", source: "a.yaml")
        }
        guard case .malformedYAML? = twice else {
            Issue.record("a key twice: \(String(describing: twice))")
            return
        }
    }

    @Test func aValueOutOfRangeIsRefused() throws {
        var resolver = try Resolver()
        try resolver.apply(override: "steps=-1")
        #expect(throws: RunsError.invalidSetting(key: "steps", value: "-1", requirement: "0 or more")) {
            try resolver.resolved()
        }
    }

    @Test func awkwardTextsSurviveYAML() throws {
        for text in [
            "", " ", "yes", "null", "12", "1e3", "a: b", "ä\"\\\n\u{1}", "# no", "~", "[x]", "-", "true", ".inf",
        ] {
            var configuration = Walk.Configuration()
            configuration.label = text
            configuration.step.drift = -1e-300
            configuration.step.size = .infinity
            let yaml = ConfigurationYAML.text(
                try ConfigurationValue(encoding: configuration), settings: Walk.Configuration.settings)
            var resolver = try Resolver()
            try resolver.apply(yaml: yaml, source: "a.yaml")
            #expect(try resolver.resolved() == configuration, "\(text.debugDescription)")
        }
    }

    @Test func anEmptySettingIsAnEmptyText() throws {
        var resolver = try Resolver()
        try resolver.apply(override: "label=")
        #expect(try resolver.resolved().label == "")
    }

    @Test func largeWholeNumbersAreExact() throws {
        let value = try ConfigurationValue(encoding: ["a": UInt64.max])
        #expect(value == .object(["a": .unsigned(.max)]))
        #expect(try value.decode(as: [String: UInt64].self) == ["a": .max])
    }
}
