import Foundation
import LabDomain

/// What can go wrong with files, databases and datasets: what happened, to which input, and what to do.
public enum StorageError: ReportableError, Equatable {
    case notFound(path: String)
    case notPermitted(path: String, action: String)
    case diskFull(path: String)
    case cannotWrite(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    /// The file is not what it claims to be: cut short, altered, or of another format.
    case damaged(path: String, reason: String)
    case wrongDigest(path: String, expected: String, found: String)
    case closed(path: String)
    case noSuchObject(file: String, name: String, nearest: String?)
    case wrongType(file: String, name: String, wanted: String, found: String)
    case wrongShape(file: String, name: String, wanted: String, found: String)
    /// A record of a text file cannot be read; `line` counts from 1.
    case malformedRecord(file: String, line: Int, reason: String)
    case missingColumn(file: String, column: String, nearest: String?, present: [String])
    case invalidMap(file: String, reason: String)
    /// No row of a user's file can be used; `reason` says why, with the commonest reason of those set aside.
    case noUsableRows(file: String, reason: String)
    case datasetExists(name: String)
    case unknownDataset(name: String, nearest: String?)
    case invalidManifest(file: String, reason: String)
    case notPulled(dataset: String, file: String)
    /// No origin could give the dataset; `attempts` has one sentence an origin.
    case unavailable(dataset: String, attempts: [String])
    case unsupportedFormat(path: String, found: Int, supported: Int)
}

extension StorageError {
    /// The error that an `errno` of a system call on `path` stands for.
    public static func system(_ code: Int32, path: String, writing: Bool) -> StorageError {
        let reason = String(cString: strerror(code))
        switch code {
        case ENOENT, ENOTDIR: return .notFound(path: path)
        case EACCES, EPERM, EROFS: return .notPermitted(path: path, action: writing ? "write" : "read")
        case ENOSPC, EDQUOT, EFBIG: return .diskFull(path: path)
        default: return writing ? .cannotWrite(path: path, reason: reason) : .cannotRead(path: path, reason: reason)
        }
    }
}
