import Foundation
import LabDomain
import LabNumerics
import LabStorage
import LabTestKit
import Testing

@testable import LabPolicy

@Suite struct ONNXFileTests {
    @Test func whatIsWrittenIsRead() throws {
        for example in ONNXCase.all {
            let model = try ONNXModel(decoding: example.bytes(), file: example.name)
            let copy = try ONNXModel(decoding: [UInt8](model.encoded()), file: example.name)
            #expect(copy == model, "\(example.name)")
            #expect(copy.encoded() == model.encoded())
        }
    }

    @Test func metadataAndTypesSurvive() throws {
        var graph = ONNXGraph(name: "größer")
        graph.inputs = [ONNXValueInfo("x", .float, shape: [.free("N"), .fixed(3), .free("")])]
        graph.outputs = [ONNXValueInfo("x", .float, shape: nil)]
        graph.initialisers = [
            ("a", ONNXTensor(shape: [2], [Int64.min, .max])), ("b", ONNXTensor(shape: [2], [-5, 7], type: .int8)),
            ("c", ONNXTensor(shape: [], [true])), ("d", ONNXTensor(shape: [0, 4], [Float]())),
            ("e", ONNXTensor(shape: [1], type: .double, elements: .doubles([1e300]))),
        ]
        let model = ONNXModel(graph: graph, metadata: ["k": "v", "ä": ""])
        #expect(try ONNXModel(decoding: [UInt8](model.encoded()), file: "m") == model)
    }

    @Test func whatLabDoesNotReadIsSaid() throws {
        func tensor(_ build: (inout ProtocolBuffer) -> Void) -> [UInt8] {
            var tensor = ProtocolBuffer()
            tensor.add(8, text: "w")
            build(&tensor)
            var graph = ProtocolBuffer()
            graph.add(5, message: tensor)
            return model(graph)
        }
        func model(_ graph: ProtocolBuffer, opset: Int = 17) -> [UInt8] {
            var operators = ProtocolBuffer()
            operators.add(2, integer: opset)
            var model = ProtocolBuffer()
            model.add(1, integer: 8)
            model.add(7, message: graph)
            model.add(8, message: operators)
            return model.bytes
        }
        func refusal(_ bytes: [UInt8]) -> String? {
            do {
                _ = try ONNXModel(decoding: bytes, file: "m.onnx")
                return nil
            } catch { return (error as? any ReportableError).map { $0.what + " " + $0.remedy } }
        }
        #expect(refusal(model(ProtocolBuffer())) == nil)
        #expect(refusal(model(ProtocolBuffer(), opset: 10))?.contains("opset 10") == true)
        #expect(refusal(model(ProtocolBuffer(), opset: 22))?.contains("opset_version=17") == true)
        let external = refusal(
            tensor {
                $0.add(2, integer: 1)
                $0.add(14, integer: 1)
            })
        #expect(external?.contains("'w' lie in another file") == true)
        #expect(external?.contains("save_as_external_data=False") == true)
        #expect(refusal(tensor { $0.add(2, integer: 10) })?.contains("float16") == true)
        let tooFew = tensor {
            $0.add(1, packed: [3] as [Int64])
            $0.add(2, integer: 1)
            $0.add(9, bytes: Array(repeating: 0, count: 8))
        }
        #expect(refusal(tooFew)?.contains("do not fill [3]") == true)
        for sides in [[-1], [1 << 40, 0], [1 << 30, 1 << 30, 1 << 30]] as [[Int64]] {
            let impossible = tensor {
                $0.add(1, packed: sides)
                $0.add(2, integer: 1)
            }
            #expect(refusal(impossible)?.contains("impossible") == true)
        }
        #expect(refusal([])?.contains("no graph") == true)
        #expect(refusal(Array("PK\u{3}\u{4}nothing of the kind".utf8)) != nil)
        #expect(throws: StorageError.notFound(path: "/none.onnx")) {
            try ONNXModel(contentsOf: URL(filePath: "/none.onnx"))
        }
    }

    /// Whatever is done to the bytes, reading and computing end with an error or with numbers.
    @Test func spoiledFilesNeverCrash() throws {
        var stream = RandomStream(seed: 4, name: "fuzz")
        var refused = 0
        for example in ONNXCase.all {
            let whole = try example.bytes()
            let inputs = example.tensors()
            for _ in 0..<200 {
                var bytes = whole
                for _ in 0...stream.nextInt(below: 3) {
                    let place = stream.nextInt(below: bytes.count)
                    switch stream.nextInt(below: 5) {
                    case 0: bytes[place] = UInt8(truncatingIfNeeded: stream.nextUInt32())
                    case 1: bytes.remove(at: place)
                    case 2: bytes.insert(UInt8(truncatingIfNeeded: stream.nextUInt32()), at: place)
                    case 3: bytes.removeSubrange(place...)
                    default: bytes[place] ^= 1 << UInt8(stream.nextInt(below: 8))
                    }
                    if bytes.isEmpty { break }
                }
                do {
                    let model = try ONNXModel(decoding: bytes, file: "spoiled")
                    _ = try ONNXProgram(model, file: "spoiled").run(inputs)
                } catch {
                    #expect(error is any ReportableError, "\(error)")
                    refused += 1
                }
            }
        }
        // Weights and names may change without harm; most mutations hit structure.
        #expect(refused > 3000, "\(refused)")
    }

    /// The versions stand at the end of a file, so no beginning of one is whole.
    @Test func everyTruncationIsRefused() throws {
        let whole = try ONNXCase.bytes("mlp")
        for length in 0..<whole.count {
            #expect(throws: (any Error).self, "\(length)") {
                let model = try ONNXModel(decoding: Array(whole[..<length]), file: "cut")
                _ = try ONNXProgram(model, file: "cut")
            }
        }
    }
}
