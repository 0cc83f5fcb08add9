import Foundation
import LabStorage

/// Finds where two runs' artifacts part.
enum ArtifactComparison {
    static func firstDifference(_ original: SealedRun, _ again: SealedRun) throws -> Difference? {
        try differences(original, again, deterministic: true, first: true).first
    }

    /// All artifacts that differ, by name: those of the original first.
    ///
    /// - Parameters:
    ///   - deterministic: only those that must come out again.
    ///   - first: whether one is enough.
    static func differences(
        _ original: SealedRun, _ again: SealedRun, deterministic: Bool, first: Bool = false
    ) throws -> [Difference] {
        let left = original.seal.artifacts.filter { $0.deterministic || !deterministic }
        let right = again.seal.artifacts.filter { $0.deterministic || !deterministic }
        var found: [Difference] = []
        for artifact in left where found.isEmpty || !first {
            guard let now = right.first(where: { $0.name == artifact.name }) else {
                found.append(Difference(.artifact, artifact.name, original: "present", again: "absent"))
                continue
            }
            guard now.content != artifact.content else { continue }
            let files = (try original.artifact(artifact.name), try again.artifact(artifact.name))
            switch artifact.kind {
            case .bytes: found.append(try bytes(artifact.name, files.0, files.1))
            case .sqlite: found.append(try rows(artifact.name, files.0, files.1))
            }
        }
        for artifact in right where !left.contains(where: { $0.name == artifact.name }) {
            found.append(Difference(.artifact, artifact.name, original: "absent", again: "present"))
        }
        return found
    }

    private static func bytes(_ name: String, _ left: URL, _ right: URL) throws -> Difference {
        let a = try Data(contentsOf: left, options: .mappedIfSafe)
        let b = try Data(contentsOf: right, options: .mappedIfSafe)
        let common = zip(a, b).prefix { $0 == $1 }.count
        func text(_ data: Data) -> String {
            guard common < data.count else { return "end after \(data.count) bytes" }
            return "0x" + Digest.hex([data[data.startIndex + common]])
        }
        return Difference(.artifact, "\(name) at byte \(common)", original: text(a), again: text(b))
    }

    private static func rows(_ name: String, _ left: URL, _ right: URL) throws -> Difference {
        let a = lines(try SQLite.canonicalDump(left))
        let b = lines(try SQLite.canonicalDump(right))
        let common = zip(a, b).prefix { $0 == $1 }.count
        func text(_ lines: [Substring]) -> String { common < lines.count ? "\(lines[common].prefix(160))" : "end" }
        return Difference(.artifact, "\(name) at row \(common + 1) of its dump", original: text(a), again: text(b))
    }

    private static func lines(_ data: Data) -> [Substring] {
        String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
}
