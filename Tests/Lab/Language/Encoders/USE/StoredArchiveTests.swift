import Foundation
import LabNumerics
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("NumPy archives")
struct StoredArchiveTests {
    private static let file = Fixture.file("Language/Encoders/arrays.npz")

    @Test("Arrays are those that NumPy wrote")
    func arrays() throws {
        let archive = try StoredArchive(Self.file)
        let codes = try archive.array("codes", .uint8, [3, 4])
        #expect(Array(codes.bytes) == Array(0..<12))
        #expect(
            try archive.array("weights", .float32, [2, 3]).matrix
                == Matrix([[0, 0.25, 0.5], [0.75, 1, 1.25]]))
        #expect(try archive.array("bias", .float32, [2]).matrix == Matrix([[1.5, -2]]))
        #expect(try archive.array("eps", .float64, []).bytes.loadUnaligned(as: Double.self) == 1e-12)
    }

    @Test("Another shape, another type, a missing array and a compressed one are named")
    func refusals() throws {
        let archive = try StoredArchive(Self.file)
        func reason(_ body: () throws -> Void) -> String {
            do {
                try body()
                return ""
            } catch {
                return (error as? LanguageError)?.what ?? "another error"
            }
        }
        #expect(reason { _ = try archive.array("codes", .uint8, [4, 3]) }.contains("[3, 4]"))
        #expect(reason { _ = try archive.array("codes", .float32, [3, 4]) }.contains("uint8"))
        #expect(reason { _ = try archive.array("absent", .uint8, [1]) }.contains("no array absent"))
        #expect(
            reason { _ = try StoredArchive(Fixture.file("Language/Encoders/packed.npz")) }.contains("compressed"))
        #expect(reason { _ = try StoredArchive(URL(filePath: "/nowhere/weights.npz")) }.contains("weights.npz"))
        #expect(reason { _ = try USEWeights(archive) }.contains("no array q1"))
    }

    /// Reads everything there is, as far as it goes.
    private func read(_ bytes: Data) throws {
        let archive = try StoredArchive(MappedFile(copying: bytes), file: "spoiled")
        _ = try archive.array("codes", .uint8, [3, 4]).bytes.reduce(0) { $0 &+ Int($1) }
        _ = try archive.array("weights", .float32, [2, 3]).matrix
        _ = try archive.array("bias", .float32, [2]).matrix
        _ = try archive.array("eps", .float64, []).bytes.loadUnaligned(as: Double.self)
    }

    @Test("A file that is cut off is refused wherever it ends")
    func truncated() throws {
        let bytes = try Data(contentsOf: Self.file)
        try read(bytes)
        for length in 0..<bytes.count {
            #expect(throws: LanguageError.self, "\(length)") { try read(bytes.prefix(length)) }
        }
    }

    @Test("A spoiled file is read or refused, never a crash")
    func spoiled() throws {
        let bytes = try Data(contentsOf: Self.file)
        var stream = RandomStream(seed: 8, name: "spoiled")
        var refused = 0
        for round in 0..<5_000 {
            var copy = bytes
            for _ in 0...stream.nextInt(below: 3) {
                let place = stream.nextInt(below: copy.count)
                copy[place] = stream.nextInt(below: 4) == 0 ? 0xFF : UInt8(stream.nextInt(below: 256))
            }
            do {
                try read(copy)
            } catch {
                refused += 1
                #expect(error is LanguageError, "round \(round)")
            }
        }
        #expect(refused > 1_000)
    }
}
