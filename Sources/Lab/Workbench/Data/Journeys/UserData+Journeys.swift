public import Foundation
public import LabSimulation
import LabStorage

extension UserData {
    /// Adds a log of decisions as a dataset: `journeys.h5`, which the manifest's digest covers, `quarantine.jsonl` with the
    /// line and reason of each row that was set aside, and `profile.json`. All of it or nothing.
    ///
    /// Throws `StorageError`.
    public func add(_ file: URL, map: JourneyMap, replacing: Bool = false) throws -> DatasetProfile {
        let description = Description(
            name: try map.name(for: file), summary: map.summary, licence: map.licence,
            commercialUse: map.commercialUse, actions: map.actions)
        return try keep(description, of: file, replacing: replacing) {
            try UserJourneys.convert(file, map: map, to: $0)
        }
    }

    /// Adds a log that another program wrote, as `JourneyFormats` reads it: a file, or a folder of Minari.
    ///
    /// - Parameter name: the dataset's; `nil` for the file's without its ending.
    ///
    /// Throws `StorageError` and `SimulationError`, which name file, episode and step.
    public func add(
        log file: URL, name: String?, assuming assumptions: JourneyFormats.Assumptions, replacing: Bool = false
    ) throws -> DatasetProfile {
        let name = try UserMap.name(name, for: file, map: file.path)
        let log = try JourneyFormats.read(file, assuming: assumptions)
        let description = Description(
            name: name, summary: "Logged decisions, added by the user.", licence: "not stated", commercialUse: false,
            actions: (0..<log.actionCount).map(String.init))
        return try keep(description, of: file, replacing: replacing) {
            try log.write(to: $0)
            return UserJourneys.Result(episodes: log.episodeCount, decisions: log.decisionCount)
        }
    }

    /// What a manifest says of a log.
    private struct Description {
        let name: String
        let summary: String
        let licence: String
        let commercialUse: Bool
        /// Names of the actions in their order.
        let actions: [String]
    }

    /// - Parameter write: writes the log to a file.
    private func keep(
        _ description: Description, of file: URL, replacing: Bool, write: (URL) throws -> UserJourneys.Result
    ) throws -> DatasetProfile {
        let name = description.name
        let manifestURL = workspace.appendingPathComponent("datasets/\(name).json")
        if !replacing, FileManager.default.fileExists(atPath: manifestURL.path) {
            throw StorageError.datasetExists(name: name)
        }
        let staging = catalogue.dataFolders[0].appendingPathComponent(".\(name).\(UUID().uuidString).partial")
        let ready = staging.appendingPathComponent("ready")
        try Folder.make(ready)
        defer { try? FileManager.default.removeItem(at: staging) }

        let target = ready.appendingPathComponent(Self.journeysFile)
        let found = try write(target)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines = Data()
        for row in found.rejected {
            lines += try encoder.encode(row)
            lines.append(10)
        }
        try AtomicFile.write(lines, to: ready.appendingPathComponent("quarantine.jsonl"))
        let size = try FileManager.default.attributesOfItem(atPath: target.path)[.size] as? Int ?? 0
        let manifest = DatasetManifest(
            name: name, summary: description.summary, licence: description.licence, citation: "the user's own data",
            files: [
                DatasetFile(
                    path: Self.journeysFile, bytes: size, encoding: "application/x-hdf5",
                    sha256: try Digest.sha256(file: target))
            ], commercialUse: description.commercialUse,
            permittedUse: "as the licence says: \(description.licence)",
            origins: [DatasetOrigin(kind: .workspace, files: [])])
        var profile = try Self.profile(
            JourneyLogReader(target), actions: description.actions, found, name: name, file: file.lastPathComponent)
        profile.digest = manifest.digest
        encoder.outputFormatting.insert(.prettyPrinted)
        try AtomicFile.write(try encoder.encode(profile), to: ready.appendingPathComponent("profile.json"))
        try Folder.make(manifestURL.deletingLastPathComponent())
        try place(ready, manifest, manifestURL, old: staging.appendingPathComponent("old"))
        return profile
    }

    /// The file of a dataset of journeys.
    public static let journeysFile = "journeys.h5"

    /// What the log holds: the features with their range, how often each action was taken, what was set aside and why.
    private static func profile(
        _ reader: JourneyLogReader, actions: [String], _ found: UserJourneys.Result, name: String, file: String
    ) throws -> DatasetProfile {
        let summary = try JourneySummary(reader)
        var reasons: [String: Int] = [:]
        for row in found.rejected {
            // Reasons name lines and episodes; counted is what kind of reason it was.
            let reason = row.reason.hasPrefix("its episode") ? "its episode has a row that cannot be used" : row.reason
            reasons[reason, default: 0] += 1
        }
        return DatasetProfile(
            name: name, file: file, rows: found.decisions, rejected: found.rejected.count,
            reasons: reasons.map { DatasetProfile.Count(value: $0.key, count: $0.value) }
                .sorted { ($1.count, $0.value) < ($0.count, $1.value) }.prefix(20).map { $0 },
            rejectedLines: found.rejected.prefix(10).map(\.line),
            columns: summary.features.map { feature in
                DatasetProfile.Column(
                    meaning: "feature", column: feature.name, nulls: 0, distinct: feature.distinct,
                    least: "\(feature.least)", greatest: "\(feature.greatest)")
            },
            labels: summary.actions.filter { $0.count > 0 }.sorted { ($1.count, $0.action) < ($0.count, $1.action) }
                .prefix(20).map { DatasetProfile.Count(value: actions[$0.action], count: $0.count) },
            repeatedTexts: nil)
    }
}
