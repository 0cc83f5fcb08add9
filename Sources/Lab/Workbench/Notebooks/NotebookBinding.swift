import Foundation
import LabNumerics
import LabRuns
import LabStorage

/// The sealed runs that a notebook's cells made when its outputs were recorded.
public struct NotebookBinding: Codable, Sendable, Equatable {
    /// A run, by its name in the notebook's own workspace.
    public struct BoundRun: Codable, Sendable, Equatable {
        public let run: String
        public let id: String
        public let resultDigest: String
        /// SHA-256 of `evaluation.json`, which must come out again; where it has figures that were read from a clock, of the
        /// rest. The result digest need not come out again, as the cells' runs have new ids and a report names the runs that
        /// it read by theirs.
        public let evaluationDigest: String
        public let sealDigest: String
    }

    static let opening = "<!-- lab:runs "
    private static let closing = " -->"

    /// On another profile figures are compared without their digits.
    public let profile: NumericProfile
    public let runs: [BoundRun]

    init(profile: NumericProfile, runs: [BoundRun]) {
        self.profile = profile
        self.runs = runs
    }

    /// What lies sealed in a workspace.
    init(workspace: Workspace) throws {
        let sealed = try workspace.entries().filter { $0.state == .sealed }
        let runs = try sealed.map { entry in
            let run = try SealedRun(folder: entry.folder)
            return BoundRun(
                run: entry.reference, id: run.id, resultDigest: run.seal.resultDigest,
                evaluationDigest: try Self.digest(run), sealDigest: run.seal.sealDigest)
        }
        self.init(profile: .current(), runs: runs)
    }

    private static func digest(_ run: SealedRun) throws -> String {
        let evaluation = run.evaluation
        guard evaluation.figures.contains(where: { $0.source != nil }) else {
            return try Digest.sha256(file: run.folder.appending(path: "evaluation.json"))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Digest.sha256(try encoder.encode(evaluation.repeatable))
    }

    /// Reads the comment; `nil` where it cannot be read.
    init?(comment: String) {
        guard comment.hasPrefix(Self.opening), comment.hasSuffix(Self.closing) else { return nil }
        let text = comment.dropFirst(Self.opening.count).dropLast(Self.closing.count)
        guard let binding = try? JSONDecoder().decode(NotebookBinding.self, from: Data(text.utf8)) else { return nil }
        self = binding
    }

    var comment: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Self.opening + String(decoding: try encoder.encode(self), as: UTF8.self) + Self.closing
        }
    }
}
