import ArgumentParser
import Foundation
import LabDomain
import LabRuns
import LabSimulation
import LabStorage
import LabWorkbench

/// Where a log lies that a user names: a file or Minari's folder, a dataset, or a run.
enum JourneySource {
    /// The log's file, after its bytes were compared with the run's seal or the dataset's digest.
    static func file(_ reference: String, _ common: CommonOptions) throws -> URL {
        if FileManager.default.fileExists(atPath: reference), !isRunFolder(reference) {
            return URL(filePath: reference)
        }
        if let manifest = try? common.catalogue.manifest(reference),
            manifest.files.contains(where: { $0.path == UserData.journeysFile })
        {
            return try common.catalogue.file(reference, UserData.journeysFile)
        }
        return try common.place.run(reference).artifact(UserData.journeysFile)
    }

    private static func isRunFolder(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + RunFiles.record)
    }
}

extension JourneyFormat: ExpressibleByArgument {}
