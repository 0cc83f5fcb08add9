import ArgumentParser
import LabRuns

/// `labctl <pipeline>`: all stages one after another.
struct PipelineCommand<P: Pipeline>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: P.name, abstract: P.summary)
    }

    @OptionGroup var common: CommonOptions

    func run() async throws {}
}
