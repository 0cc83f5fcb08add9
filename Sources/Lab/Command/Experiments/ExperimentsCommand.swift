import ArgumentParser
import LabRuns

/// `labctl experiments`.
struct ExperimentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiments", abstract: "List the experiments and show their settings.",
        discussion: """
              labctl experiments list
              labctl experiments show policy/dqn
            """,
        subcommands: [ExperimentsListCommand.self, ExperimentsShowCommand.self],
        defaultSubcommand: ExperimentsListCommand.self)
}

struct ExperimentsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the experiments.", discussion: "  labctl experiments list --json")

    struct Row: Encodable {
        let name: String
        let summary: String
        let inputs: [ExperimentInput]
    }

    @OptionGroup var common: CommonOptions

    func run() throws {
        let rows = LabCommand.registry.experiments.map { Row(name: $0.name, summary: $0.summary, inputs: $0.inputs) }
        common.say(TextTable(["experiment", "what it does"], rows: rows.map { [$0.name, $0.summary] }))
        try common.emit(["experiments": rows])
    }
}

struct ExperimentsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an experiment's settings, inputs and datasets.",
        discussion: """
            The text is a complete configuration: redirect it into a file, change it, and give it to --config.

              labctl experiments show policy/dqn
              labctl experiments show policy/dqn --smoke > mine.yaml
            """)

    struct Row: Encodable {
        let key: String
        let documentation: String
        let unit: String?
        let value: ConfigurationValue
    }

    struct Report: Encodable {
        let name: String
        let summary: String
        let inputs: [ExperimentInput]
        let datasets: [String]
        let settings: [Row]
    }

    @Argument(help: "The experiment's name.")
    var experiment: String

    @Flag(help: "Show the values of the short form.")
    var smoke = false

    @OptionGroup var common: CommonOptions

    func run() throws { try show(LabCommand.registry.experiment(named: experiment)) }

    private func show<E: Experiment>(_ type: E.Type) throws {
        let configuration = smoke ? E.smoke : E.Configuration()
        let values = try ConfigurationValue(encoding: configuration)
        let settings = E.Configuration.settings
        let datasets = E.datasets(configuration)
        common.say("# \(E.name): \(E.summary)")
        for input in E.inputs {
            let experiments = ([input.experiment] + input.others).joined(separator: ", ")
            common.say("# input '\(input.role)': a run of \(experiments)\(input.optional ? " (optional)" : "")")
        }
        if !datasets.isEmpty { common.say("# datasets: \(datasets.joined(separator: ", "))") }
        common.say(String(ConfigurationYAML.text(values, settings: settings).dropLast()))
        try common.emit(
            Report(
                name: E.name, summary: E.summary, inputs: E.inputs, datasets: datasets,
                settings: settings.map { setting in
                    Row(
                        key: setting.key, documentation: setting.documentation, unit: setting.unit,
                        value: values[setting.key] ?? .null)
                }))
    }
}
