public import Foundation
public import LabDomain

/// What the profile store refuses or cannot do, and why.
public enum ProfilesError: ReportableError, Hashable {
    case rule(_ name: String, Double)
    case otherRules(URL, kept: String, asked: String)
    case storeVersion(URL, found: Int, known: Int)
    case damaged(URL, String)
    case invalidEvent(customer: CustomerID, String)

    public var what: String {
        switch self {
        case .rule(let name, let value): "The profile rule \(name) cannot be \(value)."
        case .otherRules(let url, let kept, let asked):
            "The profiles in \(url.path) were made by '\(kept)', not by '\(asked)'."
        case .storeVersion(let url, let found, let known):
            "The profile store \(url.path) has format \(found); this program knows \(known)."
        case .damaged(let url, let problem): "The profile store \(url.path) is damaged: \(problem)."
        case .invalidEvent(let customer, let problem):
            "An event of customer \(customer.rawValue.prefix(8))… cannot be kept: \(problem)."
        }
    }

    public var remedy: String {
        switch self {
        case .rule: "Use a confidence in 1/3...1 and 0 < slow smoothing <= smoothing <= 1."
        case .otherRules: "Open it with its own rules, or append its events to a new store."
        case .storeVersion: "Use the version of the program that wrote it, or a newer one."
        case .damaged: "Restore it from a copy, or make the run again."
        case .invalidEvent: "Correct the source; nothing of this batch was stored."
        }
    }

    public var status: ExitStatus {
        switch self {
        case .rule, .otherRules: .usage
        case .storeVersion, .damaged, .invalidEvent: .badData
        }
    }
}
