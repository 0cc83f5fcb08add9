import Foundation
import LabDomain
import LabTestKit
import Testing

@testable import LabPolicy

@Suite struct ONNXPolicyTests {
    /// A policy as PyTorch exported it, with what onnxruntime makes of it.
    struct Exported: Decodable, Sendable, CustomStringConvertible {
        let name: String
        let width: Int
        let actions: Int
        let states: [Float]
        let permitted: [Bool]
        let output: [Float]

        var description: String { name }
        var schema: StateSchema {
            StateSchema(name: "torch", version: 1, features: (0..<width).map { "f\($0)" })
        }
        var file: URL { Fixture.file("ONNX/\(name).onnx") }

        func policy(as reading: ONNXPolicy.Reading? = nil) throws -> ONNXPolicy {
            try ONNXPolicy(contentsOf: file, schema: schema, actionCount: actions, as: reading)
        }
    }

    private struct Table: Decodable { let cases: [Exported] }

    static let exported = (try? Fixture.json("ONNX/torch-expected.json", as: Table.self).cases) ?? []

    static func exported(_ name: String) throws -> Exported {
        try #require(exported.first { $0.name == name })
    }

    /// What PyTorch exports gives the same scores here as in onnxruntime, with a free number of rows and with one row only.
    @Test(arguments: exported) func scoresAreThoseOfTheRuntime(example: Exported) throws {
        let policy = try example.policy()
        #expect(policy.actionCount == example.actions && policy.schema == example.schema)
        let permitted = policy.plan.mask == nil ? nil : example.permitted
        let found = try policy.values(
            policy.program, output: policy.plan.output, states: example.states, permitted: permitted)
        #expect(ONNXExportTests.worst(found, example.output) < 1e-5)
    }

    @Test func thereAreExamples() { #expect(Self.exported.count == 6) }

    @Test func scoresAreFollowedGreedily() throws {
        let example = try Self.exported("torch_mlp")
        let policy = try example.policy()
        #expect(policy.reading == .scores)
        let chosen = try policy.probabilities(states: example.states, permitted: example.permitted)
        for row in 0..<6 {
            let place = row * 3..<row * 3 + 3
            let best = place.filter { example.permitted[$0] }.max { example.output[$0] < example.output[$1] }
            #expect(place.allSatisfy { chosen[$0] == ($0 == best ? 1 : 0) })
        }
    }

    @Test func logitsAreASoftmaxOverWhatIsPermitted() throws {
        let example = try Self.exported("torch_mlp")
        let found = try example.policy(as: .logits).probabilities(
            states: example.states, permitted: example.permitted)
        for row in 0..<6 {
            let place = row * 3..<row * 3 + 3
            let masses = place.map { example.permitted[$0] ? exp(example.output[$0]) : 0 }
            let sum = masses.reduce(0, +)
            for (index, mass) in zip(place, masses) { #expect(abs(found[index] - mass / sum) < 1e-6) }
        }
    }

    @Test func probabilitiesAreScaledToWhatIsPermitted() throws {
        let example = try Self.exported("torch_softmax")
        let found = try example.policy(as: .probabilities).probabilities(
            states: example.states, permitted: example.permitted)
        for row in 0..<6 {
            let place = row * 3..<row * 3 + 3
            let sum = place.reduce(0) { $0 + (example.permitted[$1] ? example.output[$1] : 0) }
            for index in place {
                #expect(abs(found[index] - (example.permitted[index] ? example.output[index] / sum : 0)) < 1e-6)
            }
        }
        // Numbers that are no probabilities are not taken for them.
        let scores = try Self.exported("torch_mlp")
        #expect(throws: PolicyError.self) {
            try scores.policy(as: .probabilities).probabilities(
                states: scores.states, permitted: scores.permitted)
        }
    }

    /// An action that is not permitted leaves the permitted ones alike.
    @Test func actionsAreTaken() throws {
        let example = try Self.exported("torch_chooser")
        let policy = try example.policy()
        #expect(policy.reading == .actions)
        let found = try policy.probabilities(states: example.states, permitted: example.permitted)
        for row in 0..<6 {
            let open = (0..<3).filter { example.permitted[row * 3 + $0] }
            let action = Int(example.output[row])
            for index in 0..<3 {
                let expected = open.contains(action) ? (index == action ? 1 : 0) : 1 / Float(open.count)
                #expect(found[row * 3 + index] == (open.contains(index) ? expected : 0))
            }
        }
        #expect(throws: PolicyError.self) {
            try ONNXPolicy(contentsOf: example.file, schema: example.schema)
        }
        #expect(throws: PolicyError.self) { try example.policy(as: .logits) }
    }

    /// Both widths stand in the error where the log has other observations than the model.
    @Test func otherObservationsAreRefused() throws {
        let example = try Self.exported("torch_mlp")
        let other = StateSchema(name: "emoseq.s", version: 1, features: ["a", "b"])
        do {
            _ = try ONNXPolicy(contentsOf: example.file, schema: other)
            Issue.record("a model of 5 numbers took 2")
        } catch PolicyError.schemaMismatch(let policy, let found) {
            #expect(policy.contains("rows of 5") && found.contains("rows of 2") && found.contains("emoseq.s"))
        }
        let ours = try ONNXExport().model(ONNXExportTests.policy(sizes: [5, 4, 3]))
        #expect(throws: PolicyError.self) { try ONNXPolicy(ours, file: "m", schema: other) }
        #expect(throws: PolicyError.self) { try ONNXPolicy(contentsOf: example.file) }
        #expect(throws: PolicyError.self) {
            try ONNXPolicy(contentsOf: example.file, schema: example.schema, actionCount: 4)
        }
    }

    @Test func whatIsNoPolicyIsRefused() throws {
        func refusal(_ build: (inout ONNXGraphBuilder) -> Void) -> String? {
            var graph = ONNXGraphBuilder()
            build(&graph)
            do {
                let schema = StateSchema(name: "s", version: 1, features: ["a", "b"])
                _ = try ONNXPolicy(ONNXModel(graph: graph.graph), file: "m.onnx", schema: schema)
                return nil
            } catch { return (error as? PolicyError)?.what }
        }
        let fine = refusal { graph in
            let x = graph.input("x", columns: 2)
            graph.output("y", x, columns: 2)
        }
        #expect(fine == nil)
        let two = refusal { graph in
            let (x, z) = (graph.input("x", columns: 2), graph.input("z", columns: 2))
            graph.output("y", graph.add(x, z), columns: 2)
        }
        #expect(two?.contains("'x' float32 [N, 2], 'z' float32 [N, 2]") == true)
        let outputs = refusal { graph in
            let x = graph.input("x", columns: 2)
            graph.output("y", x, columns: 2)
            graph.output("z", x, columns: 2)
        }
        #expect(outputs?.contains("its outputs are 'y'") == true)
        let none = refusal { graph in graph.output("y", graph.constant(1), columns: 2) }
        #expect(none?.contains("its inputs are none") == true)
    }

    @Test func aMaskOfNothingAndBrokenScoresAreErrors() throws {
        let example = try Self.exported("torch_mlp")
        let policy = try example.policy()
        var permitted = example.permitted
        for index in 3..<6 { permitted[index] = false }
        #expect(throws: PolicyError.nothingPermitted(row: 1)) {
            try policy.probabilities(states: example.states, permitted: permitted)
        }
        #expect(throws: PolicyError.self) {
            try policy.probabilities(states: example.states, permitted: [true])
        }
        #expect(throws: PolicyError.self) { try policy.probabilities(states: [1], permitted: example.permitted) }
        var states = example.states
        states[7] = .nan
        #expect(throws: PolicyError.self) {
            try policy.probabilities(states: states, permitted: example.permitted)
        }
        #expect(try policy.probabilities(states: [], permitted: []) == [])
    }

    /// Rows beyond one chunk come out as they do alone.
    @Test func manyRowsAreComputedInParts() throws {
        let greedy = ONNXExportTests.policy(sizes: [6, 16, 4])
        let policy = try ONNXPolicy(ONNXExport().model(greedy), file: "m")
        let (states, permitted) = ONNXExportTests.rows(5000, width: 6, actions: 4)
        let found = try policy.probabilities(states: states, permitted: permitted)
        let expected = try greedy.probabilities(states: states, permitted: permitted)
        #expect(zip(found, expected).count { abs($0 - $1) > 1e-5 } == 0)
    }
}
