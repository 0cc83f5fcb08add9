import Foundation
import LabStorage

/// Writes sealed runs as event files of TensorBoard, one folder a run: `<experiment>/<number>-<end of the id>`.
///
/// Measurements become scalars, figures and their bounds scalars `evaluation/<figure>` at the last step, configuration
/// and notes texts, and the configuration hyper-parameters for TensorBoard's HPARAMS table. TensorBoard keeps scalars in
/// 32 bits: values beyond 3.4e38 become infinite, others keep about seven digits. Its accumulator shows a sample of
/// 10,000 points a name unless told otherwise.
///
/// Source: `tensorboard/compat/proto/{event,summary,tensor}.proto` and `plugins/hparams/plugin_data.proto`, version 2.21.
public struct TensorBoardExport: RunExport {
    public init() {}

    public func write(_ runs: [SealedRun], to folder: URL) throws -> ExportReport {
        var draft = try FolderDraft(of: folder)
        var report = ExportReport(folder: folder.standardizedFileURL.path)
        do {
            for run in runs.sorted(by: { $0.id < $1.id }) {
                let name =
                    "\(Workspace.folderName(ofExperiment: run.experiment))/\(run.number ?? 0)-\(run.id.suffix(6))"
                if draft.isPresent(name) || draft.holds(name) {
                    report.present.append(run.reference)
                    continue
                }
                try draft.add(name) { place in
                    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                    let started = Int(run.record.started.timeIntervalSince1970)
                    let digits = String(started)
                    let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
                    let file = place.appending(path: "events.out.tfevents.\(padded).lab")
                    try Data(TensorBoardEvents(run).file()).write(to: file)
                }
                report.added.append(run.reference)
            }
            try draft.commit()
        } catch {
            draft.discard()
            throw error
        }
        return report
    }
}
