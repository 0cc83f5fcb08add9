import ArgumentParser
import Foundation
import LabRuns
import LabStorage

/// A user's own package: manifest, one experiment, its command and its test.
struct ExperimentSkeleton {
    /// `mine/coin`.
    let experiment: String
    /// `coin`: the package, its folder and its command.
    let package: String
    /// `Coin`.
    let type: String
    /// A line of the manifest.
    let dependency: String
    let files: [(path: String, text: String)]

    init(name: String, lab: String) throws {
        experiment = name.contains("/") ? name : "mine/" + name
        guard experiment.wholeMatch(of: /[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*/) != nil else {
            throw ValidationError("'\(name)' is not area/subject in lower-case letters, digits and hyphens")
        }
        let subject = experiment.split(separator: "/").last.map(String.init) ?? experiment
        package = subject
        type = subject.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        guard !["labctl", "lab"].contains(package) else {
            throw ValidationError("'\(package)' is the name of Lab's own command: choose another subject")
        }
        let isAddress = lab.contains("://") || lab.hasPrefix("git@")
        dependency =
            isAddress
            ? ".package(url: \"\(lab)\", branch: \"main\")"
            : ".package(name: \"lab\", path: \"\(URL(filePath: lab).standardizedFileURL.path)\")"
        let values = ["EXPERIMENT": experiment, "PACKAGE": package, "TYPE": type, "DEPENDENCY": dependency]
        func filled(_ text: String) -> String {
            values.sorted { $0.key < $1.key }.reduce(text) {
                $0.replacingOccurrences(of: "{{\($1.key)}}", with: $1.value)
            }
        }
        files = SkeletonText.all.map { (filled($0.path), filled($0.text)) }
    }

    /// Writes all files into a folder that must not exist yet.
    func write(to folder: URL) throws {
        guard !FileManager.default.fileExists(atPath: folder.path) else {
            throw RunsError.cannotCreate(path: folder.path, problem: "it exists already")
        }
        do {
            for file in files {
                let url = folder.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try AtomicFile.write(Data(file.text.utf8), to: url)
            }
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw RunsError.cannotCreate(path: folder.path, problem: "\(error)")
        }
    }
}
