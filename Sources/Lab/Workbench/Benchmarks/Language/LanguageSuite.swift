import Foundation
import LabNumerics
public import LabRuns

/// Reading posts, on one thread: encoders beside ONNX Runtime, OpenVINO and the packages that the weights come from.
///
/// Texts are tweets in the order in which they came (TweetEval's sentiment test, or the project's own posts where it cannot be
/// had, as the row then says); tokenisation counts on both sides. Padding is what its users pay: batches of 32 as they come.
public struct LanguageSuite: BenchmarkSuite {
    public static let name = "language"
    public static let summary =
        "encoders, tokenisers and fine-tuning beside ONNX Runtime, OpenVINO, PyTorch and the libraries they come from"

    public init() {}

    public func rows(_ options: BenchmarkOptions) async throws -> [BenchmarkRow] {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "lab-bench-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: folder) }
        let data = LanguageBenchmarkData(scratch: folder)
        var rows: [BenchmarkRow] = []
        for contest in try Self.contests(data, quick: options.quick) where options.wants(contest.name) {
            rows.append(try await contest.row(options, rounds: options.quick ? 1 : 7))
        }
        return rows
    }

    static func contests(_ data: LanguageBenchmarkData, quick: Bool) throws -> [Contest] {
        try encoders(data, quick: quick) + tokenisers(data, quick: quick) + ngrams(data, quick: quick)
            + fineTuning(data, quick: quick)
    }
}
