import ArgumentParser
import Foundation
import LabRuns

/// The options by which a run is described.
struct LaunchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A YAML file with settings; those it does not name keep their defaults.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("One setting; can be repeated, and wins over the file.", valueName: "key=value"))
    var set: [String] = []

    @Option(help: "What every random stream is derived from. (default: the file's, else 1)")
    var seed: UInt64?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("The run to read for a role; by default the newest fitting one.", valueName: "role=run"))
    var input: [String] = []

    @OptionGroup var products: GEMMOptions

    var isEmpty: Bool { config == nil && set.isEmpty && seed == nil && input.isEmpty }

    /// What these options ask for; chooses the library for matrix products.
    func request(smoke: Bool, in workspace: Workspace) throws -> LaunchRequest {
        try products.apply()
        var inputs: [String: SealedRun] = [:]
        for text in input {
            guard let split = text.firstIndex(of: "="), split != text.startIndex else {
                throw ValidationError("'--input \(text)' is not of the form role=run")
            }
            inputs[String(text[..<split])] = try workspace.run(String(text[text.index(after: split)...]))
        }
        return LaunchRequest(
            configurationFile: config.map { URL(filePath: $0) }, overrides: set, seed: seed, smoke: smoke,
            inputs: inputs)
    }
}
