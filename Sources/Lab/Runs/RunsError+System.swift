import Foundation
import LabStorage

extension RunsError {
    /// The error for a failed system call that was to make `path`.
    static func system(_ code: Int32, creating path: String) -> RunsError {
        switch code {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case EACCES, EPERM, EROFS: .noPermission(path: path)
        default: .cannotCreate(path: path, problem: String(cString: strerror(code)))
        }
    }

    /// The error for a failed system call that was to write `path`.
    static func system(_ code: Int32, writing path: String) -> RunsError {
        switch code {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case EACCES, EPERM, EROFS: .noPermission(path: path)
        default: .cannotWrite(path: path, problem: String(cString: strerror(code)))
        }
    }

    /// Runs `work`, and translates Foundation's file errors about `path`; reportable errors pass as they are.
    static func writing<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch StorageError.diskFull(let full) {
            // A run says it in one way, whichever file it was at.
            throw RunsError.diskFull(path: full)
        } catch let error as CocoaError {
            switch error.code {
            case .fileWriteOutOfSpace: throw RunsError.diskFull(path: path)
            case .fileWriteNoPermission, .fileWriteVolumeReadOnly: throw RunsError.noPermission(path: path)
            default:
                if let posix = error.userInfo[NSUnderlyingErrorKey] as? POSIXError {
                    throw system(posix.code.rawValue, writing: path)
                }
                throw RunsError.cannotWrite(path: path, problem: error.localizedDescription)
            }
        }
    }
}

extension RunsError {
    /// Runs `work`, and says which file could not be read where it fails.
    static func reading<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
            throw RunsError.cannotRead(path: path, problem: "there is no such file")
        } catch let error as CocoaError {
            throw RunsError.cannotRead(path: path, problem: error.localizedDescription)
        } catch is DecodingError {
            throw RunsError.cannotRead(path: path, problem: "its content is not what it should be")
        }
    }
}
