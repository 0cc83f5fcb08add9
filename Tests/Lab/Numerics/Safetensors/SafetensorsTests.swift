import Foundation
import LabDomain
import LabNumerics
import Testing

@Suite struct SafetensorsTests {
    static let tensors = [
        NamedTensor("b", Matrix([[1, -2, 3.5], [4, 5, 6]])), NamedTensor("a", shape: [2], [1.0e300, -0.0]),
        NamedTensor("ids", shape: [3], [Int64.min, 0, 7]), NamedTensor("flags", shape: [1, 3], [UInt8(1), 0, 255]),
        NamedTensor("empty", shape: [0, 4], [Float]()), NamedTensor("ä \"quoted\"\n", shape: [], [Int32(9)]),
    ]
    static let metadata = ["format": "lab", "note": "two\nlines"]

    /// A file of the given header and `data` bytes.
    static func file(_ header: String, data: Int = 0) -> Data {
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)
            + Data(repeating: 7, count: data)
    }

    @Test func whatIsWrittenIsRead() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID()).safetensors")
        defer { try? FileManager.default.removeItem(at: url) }
        try Safetensors.write(Self.tensors, metadata: Self.metadata, to: url)
        let file = try Safetensors.read(url)
        #expect(file.metadata == Self.metadata)
        #expect(file.names == ["a", "ids", "b", "empty", "ä \"quoted\"\n", "flags"])
        #expect(try file.matrix("b", rows: 2, columns: 3) == Matrix([[1, -2, 3.5], [4, 5, 6]]))
        #expect(try file.elements("a", as: Double.self).map(\.bitPattern) == [1.0e300, -0.0].map(\.bitPattern))
        #expect(try file.elements("ids", as: Int64.self) == [.min, 0, 7])
        #expect(try file.elements("flags", as: UInt8.self) == [1, 0, 255])
        #expect(try file.elements("empty", as: Float.self) == [])
        #expect(try file.elements("ä \"quoted\"\n", as: Int32.self) == [9])
        #expect(try file.entry("empty").shape == [0, 4])
    }

    /// PyTorch keeps biases and gains with one side.
    @Test func aVectorIsReadAsARow() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID()).safetensors")
        defer { try? FileManager.default.removeItem(at: url) }
        try Safetensors.write([NamedTensor("bias", shape: [3], [1, 2, 3] as [Float])], to: url)
        let file = try Safetensors.read(url)
        #expect(try file.matrix("bias", rows: 1, columns: 3) == Matrix([[1, 2, 3]]))
        #expect(throws: NumericsError.self) { try file.matrix("bias", rows: 3, columns: 1) }
    }

    @Test func orderAndBytesAreDeterministic() throws {
        let bytes = try Safetensors.encode(Self.tensors, metadata: Self.metadata)
        #expect(try Safetensors.encode(Self.tensors.reversed(), metadata: Self.metadata) == bytes)
        let header = try Safetensors.encode([NamedTensor("xyz", Matrix([[1]]))])
        let expected = "{\"xyz\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}      "
        #expect(header == Self.file(expected) + Data([0, 0, 0x80, 0x3F]))
    }

    @Test func namesAndShapesAreChecked() throws {
        let file = try Safetensors.decode(Safetensors.encode(Self.tensors))
        #expect(throws: NumericsError.missingTensor(name: "z", place: "bytes in memory")) { try file.matrix("z") }
        #expect(throws: NumericsError.unexpectedTensor(name: "b", expected: "[3, any]", found: "[2, 3]")) {
            try file.matrix("b", rows: 3)
        }
        #expect(throws: NumericsError.unexpectedTensor(name: "ids", expected: "F32", found: "I64")) {
            try file.elements("ids", as: Float.self)
        }
        #expect(throws: NumericsError.self) { try Safetensors.encode([Self.tensors[0], Self.tensors[0]]) }
        #expect(throws: NumericsError.self) { try Safetensors.encode([NamedTensor("__metadata__", Matrix([[1]]))]) }
    }

    @Test func networksComeBack() throws {
        let network = MLP(sizes: [3, 4, 2], stream: RandomStream(seed: 1, name: "a"))
        let file = try Safetensors.decode(Safetensors.encode(network.namedTensors(prefix: "online.")))
        var other = MLP(sizes: [3, 4, 2], stream: RandomStream(seed: 2, name: "a"))
        try other.load(from: file, prefix: "online.")
        #expect(other.parameters == network.parameters)
        var wider = MLP(sizes: [3, 5, 2], stream: RandomStream(seed: 2, name: "a"))
        #expect(throws: NumericsError.self) { try wider.load(from: file, prefix: "online.") }
    }

    @Test func aMissingFileIsNoInput() {
        let error = #expect(throws: NumericsError.self) { try Safetensors.read(URL(filePath: "/nowhere/x")) }
        #expect(error?.status == .noInput)
        #expect(throws: NumericsError.self) { try Safetensors.read(FileManager.default.temporaryDirectory) }
    }
}
