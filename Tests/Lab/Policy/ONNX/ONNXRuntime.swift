import Foundation
import LabTestKit
import Testing

@testable import LabPolicy

/// The real onnxruntime, in the clients' Python.
enum ONNXRuntime {
    /// What the models of `file` give for rows of `states` and their masks, one array of rows an output.
    static func outputs(
        _ file: URL, states: [Float], width: Int, permitted: [Bool], actions: Int
    ) throws -> [String: [Float]] {
        let folder = file.deletingLastPathComponent()
        let (input, mask) = (folder.appending(path: "states.f32"), folder.appending(path: "mask.u8"))
        try states.withUnsafeBytes { try Data($0).write(to: input) }
        try Data(permitted.map { $0 ? 1 : 0 }).write(to: mask)
        let result = try ClientPython.run(
            """
            import sys, json, numpy as np, onnx, onnxruntime as ort
            path, states, mask, width, actions = sys.argv[1:4] + [int(a) for a in sys.argv[4:6]]
            onnx.checker.check_model(path, full_check=True)
            session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
            feeds = {"observation": np.fromfile(states, "<f4").reshape(-1, width),
                     "permitted": np.fromfile(mask, "u1").reshape(-1, actions).astype(bool)}
            names = [o.name for o in session.get_outputs()]
            results = session.run(names, {i.name: feeds[i.name] for i in session.get_inputs()})
            for name, result in zip(names, results):
                result.astype("<f4").tofile(f"{path}.{name}")
            print(json.dumps(names))
            """, [file.path, input.path, mask.path, String(width), String(actions)])
        try #require(result.status == 0, "\(result.output)")
        let names = try JSONDecoder().decode([String].self, from: Data(result.output.utf8))
        return try names.reduce(into: [:]) { outputs, name in
            let bytes = try Data(contentsOf: file.appendingPathExtension(name))
            outputs[name] = (0..<bytes.count / 4).map { index in
                Float(
                    bitPattern: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self) })
            }
        }
    }
}

/// A folder that goes away with the test.
struct ONNXFolder: ~Copyable {
    let url = FileManager.default.temporaryDirectory.appending(path: "lab-onnx-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }
}
