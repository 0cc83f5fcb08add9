import Foundation
import LabDomain
import LabPolicy
import LabRuns
import LabSimulation

/// Judges a policy that another program wrote as an ONNX model, as those that were learned here are judged.
public struct ModelExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var model = ""
        public var output = ""
        public var reading = ONNXPolicy.Reading.scores.rawValue
        public var log = ""
        public var trainingShare = 0.5
        public var evaluation = FittedQEvaluation()
        public var mixtureShare = 0.1
        public var supportFloor = 0.03
        public var resamples = 200
        public var truthCustomers = 5_000
        public var rewardScale = 5.0

        public init() {}

        public static let settings =
            [
                Setting("model", "The file of the ONNX model; empty takes that of the run given as 'policy'."),
                Setting("output", "The name of the output to read; empty takes the first that fits."),
                Setting(
                    "reading",
                    "What that output holds: \(ONNXPolicy.Reading.allCases.map(\.rawValue).joined(separator: ", "))."),
                Setting("log", "The name of a log of your own; empty takes a run's journeys."),
                Setting("trainingShare", "Share of customers on whom the model of values is fitted; the others judge."),
            ] + FittedQEvaluation.documentation + [
                Setting("mixtureShare", "Share of the policy in the mixture that is evaluated beside it."),
                Setting("supportFloor", "Actions whose logged probability is below this count as thinly supported."),
                Setting("resamples", "Bootstrap resamples for intervals.", unit: "resamples"),
                Setting("truthCustomers", "Fresh customers on whom policies are simulated.", unit: "customers"),
                Setting("rewardScale", "Currency units that the model of values sees as 1.", unit: "EUR"),
            ]

        public func validate() throws {
            try require(
                ONNXPolicy.Reading(rawValue: reading) != nil, "reading", reading,
                ONNXPolicy.Reading.allCases.map(\.rawValue).joined(separator: " or "))
            try validating("evaluation", evaluation.validate)
            try require(trainingShare > 0 && trainingShare < 1, "trainingShare", trainingShare, "between 0 and 1")
            try require(mixtureShare > 0 && mixtureShare <= 1, "mixtureShare", mixtureShare, "above 0 and at most 1")
            try require(resamples >= 20, "resamples", resamples, "at least 20")
            try require(truthCustomers >= 2, "truthCustomers", truthCustomers, "at least 2")
            try require(rewardScale > 0, "rewardScale", rewardScale, "positive")
        }
    }

    public static let name = "policy/onnx"
    public static let summary = "Judges a policy that another program wrote as an ONNX model."
    public static let inputs: [ExperimentInput] = [.journeys, .readings, .policy]

    /// A file takes the place of the model of a policy that was learned here, a log of one's own that of journeys.
    public static func inputs(_ configuration: Configuration) throws -> [ExperimentInput] {
        inputs.filter { configuration.model.isEmpty || $0.role != "policy" }
            .filter { configuration.log.isEmpty || $0.role == "policy" }
    }

    public static func datasets(_ configuration: Configuration) -> [String] {
        configuration.log.isEmpty ? [] : [configuration.log]
    }

    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.evaluation.steps = 100
        configuration.truthCustomers = 100
        configuration.resamples = 50
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let journeys = try LoggedJourneys(run, dataset: configuration.log)
        let file =
            configuration.model.isEmpty
            ? try run.parent("policy").artifact(ONNXExport.file)
            // What the name points to: a copy of a symbolic link would point out of the run.
            : URL(filePath: configuration.model).resolvingSymlinksInPath()
        let policy = try ONNXPolicy(
            contentsOf: file, schema: journeys.log.schema, actionCount: journeys.log.actionCount,
            output: configuration.output.isEmpty ? nil : configuration.output,
            as: ONNXPolicy.Reading(rawValue: configuration.reading))
        try run.artifact(ONNXExport.file) { try FileManager.default.copyItem(at: file, to: $0) }
        let split = CustomerSplit(journeys.log, trainingShare: configuration.trainingShare, stream: run.stream("split"))
        return try PolicyJudge(
            evaluation: configuration.evaluation, mixtureShare: configuration.mixtureShare,
            supportFloor: configuration.supportFloor, resamples: configuration.resamples,
            truthCustomers: configuration.truthCustomers, rewardScale: configuration.rewardScale
        ).evaluation(of: policy, on: journeys, split, run)
    }
}
