import Foundation
import LabLanguage
import LabNumerics

extension LanguageSuite {
    /// Tokens of a text where all have equally many.
    private static let fixedLength = 64

    static func encoders(_ data: LanguageBenchmarkData, quick: Bool) throws -> [Contest] {
        let (texts, kind) = try data.posts(quick ? 32 : 320)
        let file = try data.handed(texts, named: "encoder-texts.json")
        func minilm(_ name: String, _ runtime: String, batch: Int, bar: Bar?) throws -> Contest {
            Contest(
                name: "minilm-l6, \(kind) as they come, beside \(name)",
                measure: .rate("posts/s", work: Double(texts.count)), bar: bar,
                rival: try graph(data, runtime, file: file, batch: batch)
            ) {
                let encoder = try TransformerSentenceEncoder(folder: data.folder("minilm-l6"))
                return { _ = try encoder.embed(texts) }
            }
        }
        let isFast = GEMM.kind == .oneDNN
        return [
            try minilm("ONNX Runtime in batches of 32", "onnxruntime", batch: 32, bar: .ratio(isFast ? 1.7 : 0.95)),
            try minilm("ONNX Runtime one by one", "onnxruntime", batch: 1, bar: nil),
            try minilm("OpenVINO in batches of 32", "openvino", batch: 32, bar: .ratio(1)),
            try minilmOfFixedLength(data, texts: quick ? 32 : 128),
            Contest(
                name: "use-m3, \(kind) as they come, beside its package",
                measure: .rate("posts/s", work: Double(texts.count)), bar: .ratio(1),
                rival: .python(script: wheelScript, arguments: [file])
            ) {
                let encoder = try UniversalSentenceEncoder(folder: data.folder("use-m3"))
                return { _ = try encoder.embed(texts) }
            },
        ]
    }

    /// Where nothing is padded: ids of 64 tokens a text.
    private static func minilmOfFixedLength(_ data: LanguageBenchmarkData, texts: Int) throws -> Contest {
        let ids = (0..<texts).map { text in
            (0..<fixedLength).map { token -> Int32 in
                let spread: Int = token * 37 + text * 101
                return Int32(1_000 + spread % 20_000)
            }
        }
        let file = data.scratch.appending(path: "fixed-ids.json")
        try JSONEncoder().encode(ids).write(to: file)
        return Contest(
            name: "minilm-l6, \(fixedLength) tokens each, beside ONNX Runtime in batches of 32",
            measure: .rate("posts/s", work: Double(texts)), bar: .ratio(GEMM.kind == .oneDNN ? 1 : 0.95),
            rival: try graph(data, "onnxruntime", file: file.path, batch: 32)
        ) {
            let model = try PackedTransformer(folder: data.folder("minilm-l6"))
            return { _ = try model.pooled(ids) }
        }
    }

    private static func graph(
        _ data: LanguageBenchmarkData, _ runtime: String, file: String, batch: Int
    ) throws -> Contest.Rival {
        .python(
            script: graphScript,
            arguments: [
                runtime, try data.folder("minilm-l6").path, data.scratch.appending(path: "minilm.onnx").path, file,
                String(batch),
            ])
    }
}
