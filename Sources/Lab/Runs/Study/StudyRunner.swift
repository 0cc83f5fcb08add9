import Foundation
import LabDomain
import LabNumerics
import Logging

/// Runs the cells of a study, several at once; sealed ones are taken as they are.
struct StudyRunner<E: Experiment>: Sendable {
    let launcher: Launcher
    let plan: StudyPlan<E>
    /// What every cell reads.
    let inputs: [String: SealedRun]
    let short: Bool
    let say: @Sendable (String) -> Void

    /// A cell with what came of it.
    private struct Outcome: Sendable {
        let cell: StudyCell
        let result: Result<SealedRun, any Error>
    }

    /// Every cell's sealed run by role.
    ///
    /// - Throws: `RunsError.interrupted` where no more cells were started, `RunsError.studyIncomplete` where some failed.
    func run(for study: Run, workers: Int) async throws -> [String: SealedRun] {
        let present = try present()
        var done = present.sealed
        let waiting = plan.cells.filter { done[$0.role] == nil }
        if !done.isEmpty { say("\(done.count) of \(plan.cells.count) runs are there already") }
        for cell in plan.cells {
            if let run = done[cell.role] { Self.note(study, "cell sealed", cell, run.reference, run.id) }
        }
        let progress = StudyProgress(study, cells: waiting.count, reused: done.count)
        var failures: [String] = []
        var status: ExitStatus?
        await withTaskGroup(of: Outcome.self) { group in
            var next = waiting.makeIterator()
            func startNext() {
                guard !launcher.interruption.isRequested, !Task.isCancelled, let cell = next.next() else { return }
                let left = present.unfinished[cell.role]
                group.addTask { await outcome(of: cell, left: left, study, progress) }
            }
            for _ in 0..<min(max(1, workers), waiting.count) { startNext() }
            while let outcome = await group.next() {
                switch outcome.result {
                case .success(let run):
                    done[outcome.cell.role] = run
                    Self.note(study, "cell sealed", outcome.cell, run.reference, run.id)
                case .failure(RunsError.interrupted): break
                case .failure(let error):
                    let problem = (error as? any ReportableError)?.what ?? "\(error)"
                    failures.append("\(outcome.cell.role) (\(problem))")
                    say("\(outcome.cell.role) failed: \(problem)")
                    status = status ?? (error as? any ReportableError)?.status
                    study.logger.error("cell failed", metadata: ["role": "\(outcome.cell.role)", "reason": "\(error)"])
                }
                startNext()
            }
        }
        try study.checkCancellation()
        guard failures.isEmpty else {
            throw RunsError.studyIncomplete(
                study: study.reference, failed: failures.sorted(), total: plan.cells.count,
                status: status ?? .ourBug)
        }
        return done
    }

    private func outcome(of cell: StudyCell, left: URL?, _ study: Run, _ progress: StudyProgress) async -> Outcome {
        var launcher = launcher
        launcher.observer = CellObserver(role: cell.role, progress: progress) { run in
            Self.note(study, "cell started", cell, run.reference, run.id)
        }
        do {
            let run = try await result(of: cell, left: left, launcher)
            return Outcome(cell: cell, result: .success(run))
        } catch {
            progress.ended(cell.role, sealed: false)
            return Outcome(cell: cell, result: .failure(error))
        }
    }

    private static func note(_ study: Run, _ message: String, _ cell: StudyCell, _ reference: String, _ id: String) {
        study.logger.info("\(message)", metadata: ["role": "\(cell.role)", "cell": "\(reference)", "id": "\(id)"])
    }
}
