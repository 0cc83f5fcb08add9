import Foundation
import LabRuns
import LabStorage

/// Where the journeys of a simulation are copied to; looked at before the simulation, so that a mistake costs no time.
struct SimulationCopy {
    /// The journeys among a run's artifacts.
    static let artifact = "journeys.h5"

    let file: URL

    /// Throws `RunsError.cannotCreate` where the folder does not exist.
    init(_ file: URL) throws {
        let folder = file.deletingLastPathComponent()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw RunsError.cannotCreate(path: file.path, problem: "there is no folder \(folder.path)")
        }
        self.file = file
    }

    /// Copies beside and renames.
    func copy(from run: SealedRun) throws {
        try AtomicFile.write(Data(contentsOf: run.artifact(Self.artifact), options: .mappedIfSafe), to: file)
    }
}
