import Foundation
import LabNumerics
import LabStorage

/// Writes foreign runs into a workspace and remembers which are there.
struct ImportedRuns {
    static let area = "imported"

    private let launcher: Launcher
    private var present: Set<String> = []
    /// The experiments there, with the name that each has in the other program.
    private var experiments: [String: String] = [:]

    init(_ launcher: Launcher) throws {
        self.launcher = launcher
        for entry in try launcher.workspace.entries()
        where entry.experiment.hasPrefix(Self.area + "/") && entry.state == .sealed {
            guard let record = entry.record, let origin = record.origin else { continue }
            present.insert(record.id)
            experiments[entry.experiment] = origin.experiment
        }
    }

    /// Seals a run and returns its reference; `nil` where it stands there already.
    mutating func write(_ run: ImportableRun) throws -> String? {
        let id = run.foreign.id
        guard !present.contains(id) else { return nil }
        let experiment = experiment(for: run.foreign.origin.experiment)
        let record = RunRecord(
            format: RunRecord.currentFormat, id: id, experiment: experiment, verb: .import, smoke: false,
            seed: run.seed, started: run.foreign.started, parents: [:], datasets: run.foreign.datasets,
            code: launcher.code, numericProfile: .object([:]), origin: run.foreign.origin)
        let plan = RunPlan(
            record: record, configuration: run.configuration, settings: [], parents: [:], datasets: [:], original: nil,
            home: launcher.home, owner: launcher.owner, clock: launcher.clock, observer: SilentObserver(),
            interruption: launcher.interruption, correlation: launcher.correlation,
            flushing: .buffered, checkpointInterval: launcher.checkpointInterval)
        let folder = try RunFolder.create(plan, in: launcher.workspace)
        do {
            var evaluation = run.evaluation
            for point in run.foreign.metrics { folder.record(point) }
            for (name, file) in run.foreign.artifacts {
                let ours = Self.artifactName(name)
                if ours != name { evaluation.notes.append("Artifact '\(name)' stands here as '\(ours)'.") }
                try folder.artifact(ours, kind: .bytes) { try FileManager.default.copyItem(at: file, to: $0) }
            }
            let sealed = try RunFolder.seal(folder, evaluation: evaluation, configuration: run.configuration)
            present.insert(id)
            experiments[experiment] = run.foreign.origin.experiment
            return sealed.reference
        } catch {
            RunFolder.abandon(folder, because: error)
            // Nothing of the user's is lost with it: the original stands where it stood.
            try? FileManager.default.removeItem(at: folder.folder)
            throw error
        }
    }

    /// `imported/<name in lower case with hyphens>`, with six digits of a digest where another name has taken that.
    private func experiment(for name: String) -> String {
        let plain = Self.area + "/" + Self.slug(name)
        guard let owner = experiments[plain], owner != name else { return plain }
        return "\(plain)-\(Digest.sha256(name).prefix(6))"
    }

    /// Lower-case letters, digits and single hyphens, beginning with a letter, at most 60.
    static func slug(_ name: String) -> String {
        var text = ""
        for character in name.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                text.append(character)
            } else if !text.isEmpty, !text.hasSuffix("-") {
                text.append("-")
            }
        }
        text = String(text.prefix(60)).trimmingCharacters(in: ["-"])
        if text.isEmpty { return "experiment" }
        return text.first?.isLetter == true ? text : "x" + text
    }

    /// A name that a run's artifact may have: no part begins with a dot, none has a backslash or line break.
    static func artifactName(_ name: String) -> String {
        name.split(separator: "/").map { part in
            let plain = String(part.map { $0 == "\\" || $0.isNewline ? "_" : $0 })
            return plain.hasPrefix(".") ? "_" + plain : plain
        }.joined(separator: "/")
    }
}

extension Run {
    /// Records a measurement that was made elsewhere, with its own time.
    func record(_ point: MetricPoint) {
        metrics.append(durably: false) { buffer in
            MetricLine.append(
                name: point.name, value: point.value, step: point.step,
                milliseconds: Int64((point.time * 1000).rounded()), to: &buffer)
        }
    }
}
