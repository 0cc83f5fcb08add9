import ArgumentParser
import LabRuns
import LabStorage
import LabWorkbench

/// `labctl data`: what datasets are known, and getting, checking, showing and adding them.
public struct DataCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "data", abstract: "List, get, check and show datasets, and add your own.",
        discussion: """
            Datasets are described in datasets/<name>.json. Their files lie in $LAB_DATA or .lab/data of the workspace.

              labctl data list
              labctl data pull --main
              labctl data add posts.csv --map map.yaml
            """,
        subcommands: [
            DataListCommand.self, DataPullCommand.self, DataVerifyCommand.self, DataDescribeCommand.self,
            DataSampleCommand.self, DataAddCommand.self,
        ])

    public init() {}
}

extension CommonOptions {
    /// The datasets that are known in the workspace.
    var catalogue: DatasetCatalogue { .standard(workspace: place.root) }
}
