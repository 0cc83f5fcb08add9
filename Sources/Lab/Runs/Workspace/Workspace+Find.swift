import Foundation
import LabStorage

extension Workspace {
    /// The newest sealed run of an experiment, or `nil`.
    ///
    /// - Parameter smoke: only runs of the short form, or only of the full one.
    public func latest(of experiment: String, smoke: Bool, verb: Verb = .train) throws -> SealedRun? {
        try newest(of: experiment) { $0.smoke == smoke && $0.verb == verb }.map { try SealedRun(folder: $0) }
    }

    /// The newest sealed run that fits an input, or `nil`.
    func latest(fitting input: ExperimentInput, smoke: Bool) throws -> SealedRun? {
        // Ids are ordered by time.
        try ([input.experiment] + input.others).compactMap { try latest(of: $0, smoke: smoke) }.max { $0.id < $1.id }
    }

    /// The run that a reference means: `policy/dqn/3`, an id or its unique beginning, a folder, or an experiment's name
    /// for its newest sealed run.
    public func run(_ reference: String) throws -> SealedRun { try SealedRun(folder: folder(of: reference)) }

    /// The folder that a reference means, sealed or not.
    ///
    /// Errors: `RunsError.unknownRun` with the nearest reference, `RunsError.ambiguousRun` where several runs' ids begin so.
    public func folder(of reference: String) throws -> URL {
        var isFolder: ObjCBool = false
        if reference.hasPrefix("/") || reference.hasPrefix("."),
            FileManager.default.fileExists(atPath: reference, isDirectory: &isFolder), isFolder.boolValue
        {
            return URL(filePath: reference).standardizedFileURL
        }
        let parts = reference.split(separator: "/").map(String.init)
        if let last = parts.last, let number = Int(last) {
            let folder = folder(parts.dropLast().joined(separator: "/"), number)
            if FileManager.default.fileExists(atPath: folder.path) { return folder }
        }
        if let found = try folder(withID: reference) { return found }
        if let newest = try newest(of: reference, where: { _ in true }) { return newest }
        throw RunsError.unknownRun(reference: reference, nearest: NearestName.of(reference, among: try references()))
    }

    /// The folder of the run with that id or beginning of an id; of several copies of one run the first.
    private func folder(withID reference: String) throws -> URL? {
        let prefix = reference.uppercased()
        guard prefix.count >= 6, prefix.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return nil }
        try index.refresh()
        let found = try index.select(RunQuery([.idPrefix(prefix)], columns: ["id"]))
        let ids = Set((0..<found.count).compactMap { found[$0, "id"].text })
        guard ids.count <= 1 else {
            throw RunsError.ambiguousRun(
                reference: reference, matches: (0..<min(5, found.count)).map { found.reference($0) })
        }
        return found.count == 0 ? nil : folder(found.experiment(0), found.number(0))
    }

    private func references() throws -> [String] {
        let all = try index.select(RunQuery())
        return (0..<all.count).map { all.reference($0) }
    }

    /// The sealed run with the highest number that fits: looks from there downwards, so mostly at one folder.
    private func newest(of experiment: String, where fits: (RunRecord) -> Bool) throws -> URL? {
        let parent = runs.appending(path: Self.folderName(ofExperiment: experiment))
        for number in try FolderScan.names(parent.path).compactMap({ Int($0) }).sorted(by: >) {
            guard let entry = RunEntry(folder: parent.appending(path: String(number))), entry.state == .sealed else {
                continue
            }
            if let record = entry.record, fits(record) { return entry.folder }
        }
        return nil
    }
}
