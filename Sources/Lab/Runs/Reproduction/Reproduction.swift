import Foundation
import LabNumerics

/// Running a run again, and what came of it.
public struct Reproduction: Sendable {
    /// The run's reference.
    public let run: String
    public let id: String?
    public let verdict: Verdict
    /// What a reader should know beside the verdict: another version of the code, another profile.
    public let remarks: [String]
    /// Wall-clock time.
    public let seconds: Double
}

extension Launcher {
    /// Runs a sealed run again in a temporary place, with the same parents, configuration, seed and released values,
    /// and compares what comes out.
    ///
    /// - Parameters:
    ///   - folder: the run's folder.
    ///   - seed: another seed; a run under it counts as different, whatever comes out.
    /// - Returns: a verdict; a damaged run is a verdict, not an error.
    /// - Throws: `RunsError` where the run cannot be run again: not sealed, unknown experiment, missing parent or data.
    public func reproduce(_ folder: URL, registry: Registry, seed: UInt64? = nil) async throws -> Reproduction {
        let clock = ContinuousClock()
        let start = clock.now
        func finished(_ verdict: Verdict, id: String? = nil, _ remarks: [String] = []) -> Reproduction {
            Reproduction(
                run: SealFile.reference(folder), id: id, verdict: verdict, remarks: remarks,
                seconds: start.duration(to: clock.now).seconds)
        }
        do {
            let original = try SealedRun(folder: folder)
            try original.verify()
            if original.record.verb == .import {
                throw RunsError.notReexecutable(
                    run: original.reference, reason: "it was imported, and Lab knows its result but not its program",
                    remedy: "compare it with 'labctl runs show'; run its program with 'labctl run -- …' to have both")
            }
            if original.record.verb == .capture {
                return finished(try await againCaptured(original, seed: seed), id: original.id)
            }
            let experiment = try registry.experiment(named: original.experiment)
            var remarks: [String] = []
            if original.record.code != code {
                let before = original.record.code.digest.prefix(12)
                remarks.append("made by code \(before), run again by code \(code.digest.prefix(12))")
            }
            let verdict = try await again(original, experiment, seed: seed)
            if isOtherProfile(original) { remarks.append("made on another numeric profile") }
            let clocked = original.evaluation.figures.count { $0.source == .clock }
            if clocked > 0 {
                remarks.append(
                    "\(clocked) of its figures were read from a clock: they were measured again and not compared, since no "
                        + "repetition gives them again")
            }
            return finished(verdict, id: original.id, remarks)
        } catch RunsError.damaged(let run, let file, let problem) {
            return finished(.damaged(run: run, file: file, problem: problem))
        }
    }

    private func again<E: Experiment>(
        _ original: SealedRun, _ experiment: E.Type, seed: UInt64?
    ) async throws -> Verdict {
        var parents = try original.record.parents.mapValues { try workspace.run($0.id) }
        let trained = parents.removeValue(forKey: RunRecord.trainedRole)
        let configuration = try original.configuration(as: E.Configuration.self)
        for name in E.datasets(configuration).sorted() {
            let before = original.record.datasets[name] ?? "absent"
            let now = try datasets.dataset(name).digest
            if before != now { return .differs(Difference(.dataset, "'\(name)'", original: before, again: now)) }
        }
        let launcher = elsewhere()
        defer { try? FileManager.default.removeItem(at: launcher.workspace.root) }
        let usedSeed = seed ?? original.record.seed
        if original.record.verb == .eval, let trained {
            return try verdict(
                original,
                await launcher.evaluate(
                    experiment, trained: trained, configuration: configuration, seed: usedSeed, inputs: parents,
                    original: original))
        }
        return try verdict(
            original,
            await launcher.train(
                experiment, configuration: configuration, seed: usedSeed, smoke: original.record.smoke,
                inputs: parents, original: original))
    }

    private func againCaptured(_ original: SealedRun, seed: UInt64?) async throws -> Verdict {
        let launcher = elsewhere()
        defer { try? FileManager.default.removeItem(at: launcher.workspace.root) }
        let result = try await launcher.recapture(original, seed: seed ?? original.record.seed)
        if let again = result.again { return try verdict(original, again) }
        return result.difference.map { .differs($0) } ?? .identical
    }

    /// This launcher with a temporary workspace, to be removed by the caller.
    private func elsewhere() -> Launcher {
        var launcher = self
        launcher.workspace = Workspace(
            FileManager.default.temporaryDirectory.appending(path: "lab-reproduce-" + ULID.make(at: clock.now())))
        return launcher
    }

    private func verdict(_ original: SealedRun, _ again: SealedRun) throws -> Verdict {
        if original.record.seed != again.record.seed {
            let first = try Comparison.firstDifference(original, again)
            return .differs(
                Difference(
                    .seed, "", original: "\(original.record.seed)", again: "\(again.record.seed)",
                    effect: first.map { "first effect: \($0)" } ?? "the result is the same all the same"))
        }
        if original.seal.resultDigest == again.seal.resultDigest { return .identical }
        if isOtherProfile(original) {
            return .otherProfile(
                difference: Comparison.firstBeyondTolerance(original.evaluation, again.evaluation))
        }
        if let difference = try Comparison.firstDifference(original, again) { return .differs(difference) }
        throw RunsError.defect("the result digests of \(original.reference) differ but nothing in the runs does")
    }

    private func isOtherProfile(_ original: SealedRun) -> Bool {
        // A record that this version cannot read is of another profile.
        (try? original.record.numericProfile.decode(as: NumericProfile.self)) != NumericProfile.current()
    }
}

extension Duration {
    /// As a number, for reports.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
