import ArgumentParser
import Foundation
import LabRuns

extension CompletionKind {
    /// The experiments that this `labctl` knows.
    static var experiments: CompletionKind {
        .custom { _, _, _ in LabCommand.registry.experiments.map { $0.name } }
    }

    /// The runs of the workspace that the command line names, or of the current folder.
    static var runs: CompletionKind {
        .custom { words, _, _ in
            let place =
                words.firstIndex(of: "--workspace").flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil } ?? "."
            return ((try? Workspace(URL(filePath: place)).entries()) ?? []).map(\.reference)
        }
    }
}
