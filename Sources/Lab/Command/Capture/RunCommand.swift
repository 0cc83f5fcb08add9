import ArgumentParser
import Foundation
import LabRuns

/// `labctl run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a program of yours as a sealed run.",
        discussion: """
            What it prints is shown and kept. Lines such as 'metric loss=0.5 step=3' or {"name": "loss", "step": 3,
            "value": 0.5}, on its output or in the file $LAB_METRICS, become measurements; files in $LAB_ARTIFACTS become
            artifacts; $LAB_SEED is the seed. The exit code is the program's own; where it is not 0, the run's folder is kept
            unsealed.

              labctl run -- python train.py --lr 0.1
              labctl run --name baseline --seed 7 -- ./train.sh
              labctl reproduce captured/train/1
            """)

    @Option(help: "The run becomes one of captured/<name>; by default the script's name.")
    var name: String?

    @Option(help: "Handed to the program as LAB_SEED.")
    var seed: UInt64 = LaunchRequest.defaultSeed

    @Option(
        name: .customLong("exempt"),
        help: ArgumentHelp("Artifacts that need not come out again, for example '*.log'.", valueName: "pattern"))
    var exempt: [String] = []

    @Argument(parsing: .postTerminator, help: "After --, the program and its arguments.")
    var command: [String] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("give a program after --: labctl run -- python train.py") }
    }

    func run() async throws {
        let session = Session(common)
        var launcher = session.launcher
        // The program's own lines say how far it is.
        launcher.observer = SilentObserver()
        let console = Console.current
        let (json, quiet) = (common.json, common.quiet)
        let request = CaptureRequest(command, name: name, seed: seed, exempt: exempt)
        do {
            let run = try await session.interruptible {
                try await launcher.capture(
                    request, onStart: { if !quiet { console.note("run \($0)") } },
                    echo: { line in
                        if quiet { return }
                        if json { console.draw(line) } else { console.echo(line) }
                    })
            }
            common.note("sealed \(run.reference)")
            try common.emit(RunReport(run))
        } catch let error as RunsError {
            guard case .commandFailed(_, _, let code) = error else { throw error }
            let report = ErrorReport(what: error.what, remedy: error.remedy, status: code)
            report.print(on: console)
            try common.emit(["error": report])
            throw SilentExit(code: code)
        }
    }
}
