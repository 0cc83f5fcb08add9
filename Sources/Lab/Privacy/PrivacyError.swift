public import Foundation
public import LabDomain

/// What the privacy module refuses or cannot do, and why.
public enum PrivacyError: ReportableError, Hashable {
    case ownerName(String)
    case keyPermissions(URL, String)
    case keyDamaged(URL)
    case keyFile(URL, operation: String, reason: String)

    public var what: String {
        switch self {
        case .ownerName(let name): "'\(name)' cannot be a data owner's name."
        case .keyPermissions(let url, let found): "The key at \(url.path) is open to others: \(found)."
        case .keyDamaged(let url): "The key at \(url.path) is not 32 bytes in hexadecimal."
        case .keyFile(let url, let operation, let reason): "Cannot \(operation) \(url.path): \(reason)."
        }
    }

    public var remedy: String {
        switch self {
        case .ownerName: "Use 1 to 64 of a-z, 0-9, '.', '_', '-', and begin with a letter or digit."
        case .keyPermissions(let url, _):
            "Make it yours alone with 'chmod 600 \(url.path)' if nobody else has read it; else replace the key."
        case .keyDamaged: "Restore it from your copy; a new key gives every customer a new pseudonym."
        case .keyFile: "Check that the folder exists, is yours and is on a writable disk with space left."
        }
    }

    public var status: ExitStatus {
        switch self {
        case .ownerName: .usage
        case .keyPermissions: .noPermission
        case .keyDamaged: .badData
        case .keyFile: .inputOutput
        }
    }
}
