import Foundation

/// A run that is neither sealed nor running, held by this process.
struct InterruptedRun {
    let folder: URL
    let record: RunRecord
    let configuration: ConfigurationValue
    /// Carries the lock.
    let log: LineWriter

    /// Takes the run's lock and reads what it was begun with.
    ///
    /// Errors: `RunsError.alreadySealed`, `.locked` while another process has it, `.notResumable` where the folder does
    /// not say what the run is, `.unsupportedFormat`.
    init(_ folder: URL) throws {
        self.folder = folder
        let reference = SealFile.reference(folder)
        let files = FileManager.default
        func isSealed() -> Bool { files.fileExists(atPath: folder.appending(path: RunFiles.seal).path) }
        if isSealed() { throw RunsError.alreadySealed(run: reference) }
        let logFile = folder.appending(path: RunFiles.log)
        guard files.fileExists(atPath: logFile.path) else {
            throw RunsError.notResumable(run: reference, problem: "nothing of it was written")
        }
        log = try LineWriter(logFile, lock: true)
        // Its process may have finished between the two looks.
        if isSealed() { throw RunsError.alreadySealed(run: reference) }
        func read<Value>(_ name: String, _ decode: (Data) throws -> Value) throws -> Value {
            do {
                return try decode(Data(contentsOf: folder.appending(path: name)))
            } catch let error as RunsError {
                throw error
            } catch {
                throw RunsError.notResumable(run: reference, problem: "its \(name) cannot be read")
            }
        }
        record = try read(RunFiles.record) { try CanonicalJSON.decode(RunRecord.self, from: $0) }
        guard record.format == RunRecord.currentFormat else {
            throw RunsError.unsupportedFormat(
                file: folder.appending(path: RunFiles.record).path, found: record.format,
                supported: RunRecord.currentFormat)
        }
        configuration = try read(RunFiles.configuration) { data in
            try YAMLDocument(String(decoding: data, as: UTF8.self), source: RunFiles.configuration).value
                .removing(ConfigurationYAML.seedKey)
        }
    }

    var reference: String { SealFile.reference(folder) }
}
