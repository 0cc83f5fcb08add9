import ArgumentParser
import Foundation
import LabRuns
import LabStorage
import LabWorkbench

/// `labctl explain policy`.
struct ExplainPolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Show why a policy chooses an action, and seal the explanation as a run.",
        discussion: """
            Shows what each action is worth, which the safeguards forbid and why, and how much each part of the observation
            (features by the beginning of their names) moves the lead of the chosen action over the next: Shapley values
            beside states of the log, with standard errors. Without a decision or a customer it sums up by segment.

              labctl explain policy policy/dqn/1
              labctl explain policy policy/dqn/1 --decision 17
              labctl explain policy --customer 5 --json
              labctl explain policy --onnx mine.onnx --as logits --segments
            """)

    /// The experiment that explains, and the roles of its inputs.
    static let explaining = "policy/explanation"

    @Argument(help: "The run whose policy is explained; by default the newest sealed one.", completion: .runs)
    var trained: String?

    @Option(
        help: ArgumentHelp("An ONNX model to explain in place of the run's policy.", valueName: "file"),
        completion: .file(extensions: ["onnx"]))
    var onnx: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "What the model gives: scores, logits, probabilities or actions. (default: found out)", valueName: "what"),
        completion: .list(["scores", "logits", "probabilities", "actions"]))
    var reading: String?

    @Option(help: "The output of the model that decides, where it has several.")
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The journeys to look at: a run, a log of your own by name, or an HDF5 file. (default: what it learned from)",
            valueName: "run|log|file"))
    var journeys: String?

    @Option(help: "Explain one decision of the log, by its number.")
    var decision: Int?

    @Option(help: "Explain all decisions of one customer of the log.")
    var customer: Int?

    @Flag(help: "Sum up by segment; so it is where neither a decision nor a customer is named.")
    var segments = false

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "The short form: few decisions, and the newest smoke runs as inputs.")
    var smoke = false

    @OptionGroup var reports: ReportOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        let modes = [decision != nil, customer != nil, segments].count { $0 }
        guard modes <= 1 else { throw ValidationError("give one of --decision, --customer and --segments") }
        guard onnx != nil || (reading == nil && output == nil) else {
            throw ValidationError("--as and --output speak of the model that --onnx names")
        }
    }

    func run() async throws {
        try await reports.reporting("labctl explain policy", about: trained ?? onnx ?? "") { report in
            let session = Session(common)
            let type = try session.registry.experiment(named: Self.explaining)
            let sealed = try await session.interruptible { try await explain(type, session) }
            report.add(sealed)
            try RunOutput.show(sealed, common)
        }
    }

    private func explain<E: Experiment>(_ type: E.Type, _ session: Session) async throws -> SealedRun {
        let place = common.place
        var request = try launch.request(smoke: smoke, in: place)
        if let trained { request.inputs["policy"] = try place.run(trained) }
        if request.inputs["policy"] == nil, let input = type.inputs.first(where: { $0.role == "policy" }) {
            request.inputs["policy"] = try place.latest(of: input.experiment, smoke: smoke)
        }
        if let policy = request.inputs["policy"] {
            // The short form of a policy is explained in the short form, on the journeys that it learned from.
            request.smoke = smoke || policy.record.smoke
            if journeys == nil, request.inputs["journeys"] == nil {
                if let parent = policy.record.parents["journeys"] {
                    request.inputs["journeys"] = try place.run(parent.id)
                } else if let log = try policy.configuration["log"]?.decode(as: String.self), !log.isEmpty {
                    request.overrides.append("log=" + YAMLText.quoted(log))
                }
            }
        }
        if let journeys {
            if FileManager.default.fileExists(atPath: journeys), journeys.hasSuffix(".h5") {
                request.overrides.append("journeysFile=" + YAMLText.quoted(URL(filePath: journeys).path))
            } else if let manifest = try? common.catalogue.manifest(journeys),
                manifest.files.contains(where: { $0.path == UserData.journeysFile })
            {
                request.overrides.append("log=" + YAMLText.quoted(manifest.name))
            } else {
                request.inputs["journeys"] = try place.run(journeys)
            }
        }
        if let onnx { request.overrides.append("onnx=" + YAMLText.quoted(URL(filePath: onnx).path)) }
        if let reading { request.overrides.append("reading=" + YAMLText.quoted(reading)) }
        if let output { request.overrides.append("output=" + YAMLText.quoted(output)) }
        if let decision { request.overrides.append("decision=\(decision)") }
        if let customer { request.overrides.append("customer=\(customer)") }
        let common = common
        return try await session.launcher.train(type, request: request, registry: session.registry) { common.note($0) }
    }
}
