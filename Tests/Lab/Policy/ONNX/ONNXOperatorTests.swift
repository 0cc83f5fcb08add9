import LabTestKit
import Testing

@testable import LabPolicy

@Suite struct ONNXOperatorTests {
    /// Every operator against onnxruntime, to 1e-5 of the larger of 1 and the value.
    @Test(arguments: ONNXCase.all) func operatorsAreThoseOfTheRuntime(example: ONNXCase) throws {
        let program = try ONNXProgram(ONNXModel(decoding: example.bytes(), file: example.name), file: example.name)
        let results = try program.run(example.tensors())
        #expect(results.count == example.outputs.count)
        for (name, expected) in example.outputs {
            let found = try #require(results[name])
            #expect(found.shape == expected.shape && found.type.name == expected.type, "\(name)")
            let pairs = zip(found.numbers, expected.values.map(\.value))
            let worst = pairs.map { $0 == $1 || ($0.isNaN && $1.isNaN) ? 0 : abs($0 - $1) / max(1, abs($1)) }.max()
            #expect(worst ?? 0 < 1e-5, "\(name) is off by \(worst ?? 0)")
        }
    }

    @Test func thereAreExamplesOfEveryOperator() throws {
        #expect(ONNXCase.all.count > 30)
        var seen: Set<String> = []
        for example in ONNXCase.all {
            seen.formUnion(try ONNXModel(decoding: example.bytes(), file: "").graph.nodes.map(\.type))
        }
        let without = Set(ONNXOperators.table.keys).subtracting(seen)
        #expect(without == ["PRelu", "CastLike", "IsNaN"], "\(without.sorted())")
    }

    /// A program for one output needs neither the other nodes nor the other inputs.
    @Test func onlyWhatAnOutputNeedsIsComputed() throws {
        var graph = ONNXGraphBuilder()
        let (a, b) = (graph.input("a", columns: 2), graph.input("b", columns: 2))
        graph.output("twice", graph.add(a, a), columns: 2)
        graph.output("strange", graph.node("Unheard", [b]), columns: 2)
        let model = ONNXModel(graph: graph.graph)
        let program = try ONNXProgram(model, outputs: ["twice"], file: "m")
        #expect(program.inputs.map(\.name) == ["a"])
        #expect(try program.run(["a": ONNXTensor(shape: [1, 2], [1, 2.5])])["twice"]?.floats == [2, 5])
        #expect(throws: PolicyError.self) { try ONNXProgram(model, file: "m") }
    }

    @Test func whatCannotBeComputedIsNamed() throws {
        func refusal(_ node: ONNXNode, opset: Int = 17) -> PolicyError? {
            var graph = ONNXGraph(name: "g")
            graph.inputs = [ONNXValueInfo("x", .float, shape: [.free("N"), .fixed(2)])]
            graph.outputs = [ONNXValueInfo("y", .float, shape: nil)]
            graph.nodes = [node]
            do {
                let program = try ONNXProgram(ONNXModel(graph: graph, opset: opset), file: "m.onnx")
                _ = try program.run(["x": ONNXTensor(shape: [1, 2], [1, 2])])
                return nil
            } catch { return error as? PolicyError }
        }
        func node(_ type: String, domain: String = "", _ attributes: [String: ONNXAttribute] = [:]) -> ONNXNode {
            ONNXNode(type, name: "here", domain: domain, inputs: ["x"], outputs: ["y"], attributes: attributes)
        }
        let unknown = try #require(refusal(node("Rleu")))
        #expect(
            unknown
                == .unsupportedOperator(
                    file: "m.onnx", operation: "Rleu", node: "here", opset: 17, nearest: "Relu"))
        #expect(unknown.what.contains("m.onnx") && unknown.what.contains("'here'") && unknown.what.contains("Relu"))
        #expect(refusal(node("Relu", domain: "com.microsoft"))?.what.contains("com.microsoft.Relu") == true)
        #expect(refusal(node("Gelu"))?.what.contains("opset 17") == true)
        #expect(refusal(node("Gelu"), opset: 20) == nil)
        #expect(refusal(node("Cast", ["to": .integer(10)]))?.what.contains("float16") == true)
        #expect(refusal(node("Softmax", ["axis": .integer(5)]))?.what.contains("axis 5") == true)
        #expect(refusal(node("Transpose", ["perm": .integers([0, 0])]))?.what.contains("[0, 0]") == true)
        let loose = ONNXNode("Relu", inputs: ["nowhere"], outputs: ["y"])
        #expect(refusal(loose)?.what.contains("'nowhere'") == true)
    }

    @Test func inputsMustFit() throws {
        let program = try ONNXProgram(ONNXModel(decoding: ONNXCase.bytes("mlp"), file: "mlp"), file: "mlp")
        for wrong in [
            nil, ONNXTensor(shape: [1, 6], Array(repeating: Float(0), count: 6)),
            ONNXTensor(shape: [7], [0, 0, 0, 0, 0, 0, 0] as [Float]),
            ONNXTensor(shape: [1, 7], Array(repeating: Int64(0), count: 7)),
        ] {
            #expect(throws: PolicyError.self) { try program.run(wrong.map { ["x": $0] } ?? [:]) }
        }
    }

    /// Shapes that multiply beyond measure are refused before any memory is asked for.
    @Test func nothingHugeIsMade() throws {
        var graph = ONNXGraph(name: "g")
        graph.inputs = [ONNXValueInfo("x", .float, shape: [.fixed(1)])]
        graph.outputs = [ONNXValueInfo("y", .float, shape: nil)]
        graph.initialisers = [("s", ONNXTensor(shape: [2], [Int64(1) << 40, 1 << 40]))]
        graph.nodes = [ONNXNode("Expand", inputs: ["x", "s"], outputs: ["y"])]
        let program = try ONNXProgram(ONNXModel(graph: graph), file: "m")
        #expect(throws: PolicyError.self) { try program.run(["x": ONNXTensor(shape: [1], [1 as Float])]) }
        graph.nodes = [ONNXNode("ConstantOfShape", inputs: ["s"], outputs: ["y"])]
        #expect(throws: PolicyError.self) { try ONNXProgram(ONNXModel(graph: graph), file: "m") }
    }
}
