import Foundation
import LabRuns
import LabStatistics

/// An experiment whose names, values and settings other programs do not take as they are.
struct Awkward: Experiment {
    struct Configuration: ExperimentConfiguration {
        var text = "yes, \"quoted\"\nsecond line"
        var long = String(repeating: "långt ", count: 1200)
        var ratio = 1e-5
        var list = [0.5, .infinity]
        var flag = true
        var missing: Int?

        static let settings = ["text", "long", "ratio", "list", "flag", "missing"].map { Setting($0, "A value.") }
    }

    static let name = "test/awkward"
    static let summary = "Uses every name that is hard to keep."
    static let smoke = Configuration()
    static func datasets(_ configuration: Configuration) -> [String] { ["ads"] }

    static let metricNames = [
        "loss", "loss/train", "né|t", "../up", "/root", "a//b", "dot/./x", "", "new\nline", "emoji 🎈",
        String(repeating: "y", count: 300), "ok.name-1 :x",
    ]

    func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        for (index, name) in Self.metricNames.enumerated() {
            for step in 0..<3 { run.log(name, Double(index) + 1 / Double(step + 1), step: step) }
        }
        for value in [Double.nan, .infinity, -.infinity, .nan, 0.1 + 0.2, .leastNonzeroMagnitude, -1e300] {
            run.log("hard", value, step: 7)
        }
        run.log("back", 1, step: -3)
        try run.artifact("model.safetensors") { try Data([1, 2, 3]).write(to: $0) }
        try run.artifact("plots/é.svg") { try Data("<svg/>".utf8).write(to: $0) }
        return Evaluation(
            figures: [
                Figure("f1", 0.75, interval: Interval(lower: 0.7, upper: 0.8, level: 0.95), unit: "EUR"),
                Figure("nothing", .nan),
            ], tables: [ResultTable("t", columns: ["a"], rows: [["x"]])], notes: ["A note: with a colon."])
    }

    static let datasets = GivenDatasets([
        Dataset(name: "ads", digest: String(repeating: "ab", count: 32)) { _ in URL(filePath: "/nowhere") }
    ])
}
