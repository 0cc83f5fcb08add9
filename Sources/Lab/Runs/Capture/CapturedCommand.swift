import Foundation
import LabStorage

/// The configuration of a captured run: which program ran, and on which files.
public struct CapturedCommand: Codable, Sendable, Equatable {
    /// The arguments as they were given, the program first; secrets are masked.
    public var command: [String]
    /// SHA-256 of every file that an argument names, by the path as it was given.
    public var files: [String: String]
    /// Names of artifacts, with `*` for any text, whose content need not come out again.
    public var exempt: [String]

    /// Masks secrets and digests the files that the arguments name, relative to `folder`.
    init(_ command: [String], exempt: [String] = [], in folder: URL) throws {
        self.command = SecretMask.masked(command)
        self.exempt = exempt
        files = [:]
        for argument in command.dropFirst() {
            let value =
                argument.hasPrefix("-") ? argument.split(separator: "=", maxSplits: 1).last.map(String.init) : argument
            guard let path = value, self.command.contains(where: { $0.hasSuffix(path) }) else { continue }
            let file = URL(filePath: path, relativeTo: folder)
            guard ForeignFolder.type(of: file.resolvingSymlinksInPath()) == .typeRegular else { continue }
            files[path] = try Digest.sha256(file: file)
        }
    }

    /// The folder in which programs run.
    static var here: URL { URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory) }

    /// `captured/<script without its ending>`, or the program's name where no argument names a script.
    static func experiment(for command: [String], named name: String?) -> String {
        let endings = ["py", "R", "r", "jl", "sh", "js", "rb", "pl", "lua", "swift", "m", "ipynb"]
        let script = command.first { argument in
            !argument.hasPrefix("-") && endings.contains { argument.hasSuffix("." + $0) }
        }
        let file = URL(filePath: name ?? script ?? command.first ?? "program").lastPathComponent
        let base = name ?? file.split(separator: ".").first.map(String.init) ?? file
        return "captured/" + ImportedRuns.slug(base)
    }

    /// The first file that is not what it was, or `nil`.
    ///
    /// Errors: `RunsError.cannotRead` where a file is not there.
    func firstChange(in folder: URL) throws -> Difference? {
        for (path, before) in files.sorted(by: { $0.key < $1.key }) {
            let file = URL(filePath: path, relativeTo: folder)
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw RunsError.cannotRead(
                    path: path, problem: "it is not below this folder; call from where the program was captured")
            }
            let now = try Digest.sha256(file: file)
            if now != before { return Difference(.configuration, "files.\(path)", original: before, again: now) }
        }
        return nil
    }

    /// Whether an artifact's content need not come out again.
    func exempts(_ name: String) -> Bool {
        exempt.contains { fnmatch($0, name, 0) == 0 }
    }
}
