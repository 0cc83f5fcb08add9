import Foundation
import LabNumerics
import Testing

/// The Python that `scripts/venv.sh clients` sets up, or `nil`.
enum PythonClient {
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment["LAB_CLIENTS_PYTHON"]
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..").standardized
        let candidate = environment ?? root.appending(path: ".venv-clients/bin/python").path
        return FileManager.default.isExecutableFile(atPath: candidate) ? candidate : nil
    }()

    /// What `script` writes to standard output and error, and its exit code.
    static func run(_ script: String, _ arguments: [String]) throws -> (output: String, status: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path ?? "")
        process.arguments = ["-c", script] + arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }
}

@Suite(.enabled(if: PythonClient.path != nil, "SKIPPED: no Python with safetensors; run scripts/venv.sh clients"))
struct PythonClientTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-\(UUID())")

    @Test func safetensorsForPythonReadsOurFileAndRefusesASpoiledOne() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ours = folder.appending(path: "ours.safetensors")
        try Safetensors.write(SafetensorsTests.tensors, metadata: SafetensorsTests.metadata, to: ours)
        let read = """
            import sys, numpy, safetensors, safetensors.numpy
            tensors = safetensors.numpy.load_file(sys.argv[1])
            assert sorted(tensors) == sorted(["a", "b", "ids", "flags", "empty", "ä \\"quoted\\"\\n"]), sorted(tensors)
            assert tensors["b"].dtype == numpy.float32 and tensors["b"].tolist() == [[1, -2, 3.5], [4, 5, 6]]
            assert tensors["a"].tolist() == [1e300, -0.0] and numpy.signbit(tensors["a"][1])
            assert tensors["ids"].tolist() == [-2**63, 0, 7] and tensors["flags"].tolist() == [[1, 0, 255]]
            assert tensors["empty"].shape == (0, 4) and tensors["ä \\"quoted\\"\\n"].shape == ()
            with safetensors.safe_open(sys.argv[1], "numpy") as file:
                assert file.metadata() == {"format": "lab", "note": "two\\nlines"}
            safetensors.numpy.save_file(tensors, sys.argv[2], {"k": "v"})
            """
        let theirs = folder.appending(path: "theirs.safetensors")
        let (output, status) = try PythonClient.run(read, [ours.path, theirs.path])
        #expect(status == 0, "\(output)")

        // And the other way round: a file that Python wrote.
        let file = try Safetensors.read(theirs)
        #expect(try file.matrix("b") == Matrix([[1, -2, 3.5], [4, 5, 6]]))
        #expect(file.metadata == ["k": "v"])

        var bytes = try Data(contentsOf: ours)
        bytes.append(0)
        try bytes.write(to: ours)
        let (complaint, refusal) = try PythonClient.run(
            "import sys, safetensors.numpy; safetensors.numpy.load_file(sys.argv[1])", [ours.path])
        #expect(refusal != 0 && complaint.contains("SafetensorError"))
        #expect(throws: NumericsError.self) { try Safetensors.read(ours) }
    }
}
