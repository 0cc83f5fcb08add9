import ArgumentParser
import Foundation
import LabRuns

/// `labctl new`.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Start a package of your own.",
        discussion: "  labctl new experiment mine/coin",
        subcommands: [NewExperimentCommand.self])
}

/// `labctl new experiment`.
struct NewExperimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment", abstract: "Write a Swift package with an experiment and a labctl of your own.",
        discussion: """
            The package builds as it is; change the experiment and run it with its own command.

              labctl new experiment mine/coin
              cd coin && swift run coin train mine/coin
              labctl new experiment mine/coin --path ~/research --lab https://example.org/lab.git
            """)

    struct Report: Encodable {
        let experiment: String
        let folder: String
        let files: [String]
    }

    @Argument(help: "area/subject in lower case; a subject alone goes into the area 'mine'.")
    var name: String

    @Option(help: "The folder in which the package's folder is made.", completion: .directory)
    var path = "."

    @Option(help: "Lab's checkout or address. (default: the checkout that this labctl was built from)")
    var lab: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let skeleton = try ExperimentSkeleton(name: name, lab: lab ?? checkout())
        let folder = URL(filePath: path).appending(path: skeleton.package)
        try skeleton.write(to: folder)
        let files = skeleton.files.map(\.path).sorted()
        common.say("\(folder.path):")
        for file in files { common.say("  \(file)") }
        common.say("")
        common.say("cd \(folder.path) && swift run \(skeleton.package) train \(skeleton.experiment)")
        try common.emit(Report(experiment: skeleton.experiment, folder: folder.path, files: files))
    }

    /// The sources that this program was built from, where they still are.
    private func checkout() throws -> String {
        var folder = URL(filePath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        guard FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) else {
            throw ValidationError("Lab's sources are not where this labctl was built: give --lab PATH or --lab URL")
        }
        return folder.path
    }
}
