import ArgumentParser
import Foundation
import LabRuns

/// The options that every command has.
public struct CommonOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "The folder to work in; runs lie in its folder 'runs'. Default: $LAB_WORKSPACE, else here.",
            valueName: "dir"),
        completion: .directory)
    public var workspace: String?

    @Flag(help: "Print one JSON object on standard output instead of text.")
    public var json = false

    @Flag(name: [.short, .long], help: "Say nothing about the course of things.")
    public var quiet = false

    public init() {}

    /// The workspace that `--workspace` names, or the environment's.
    public var place: Workspace { workspace.map { Workspace(URL(filePath: $0)) } ?? .standard() }

    /// One line of a result for people; not under `--json`.
    public func say(_ line: String = "") { if !json { Console.current.say(line) } }

    /// A table for people; not under `--json`.
    public func say(_ table: TextTable) { for line in table.lines { say(line) } }

    /// One line about the course of things, on standard error; not under `--quiet`.
    public func note(_ line: String) { if !quiet { Console.current.note(line) } }

    /// The result for programs; only under `--json`.
    public func emit(_ value: some Encodable) throws { if json { Console.current.say(try JSONOutput.text(value)) } }
}
