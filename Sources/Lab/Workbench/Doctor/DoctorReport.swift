/// One thing that was looked at.
public struct DoctorCheck: Codable, Sendable, Equatable {
    public enum Verdict: String, Codable, Sendable {
        case ok
        /// Works, but not everything will.
        case warning
        case fault
    }

    /// For example `blas`.
    public var name: String
    public var verdict: Verdict
    /// What was found, with versions.
    public var finding: String
    /// What to do about it; `nil` where nothing is wrong.
    public var remedy: String?

    public init(_ name: String, _ verdict: Verdict, _ finding: String, remedy: String? = nil) {
        self.name = name
        self.verdict = verdict
        self.finding = finding
        self.remedy = remedy
    }
}

/// Everything that was looked at.
public struct DoctorReport: Codable, Sendable, Equatable {
    public var checks: [DoctorCheck]

    public init(checks: [DoctorCheck]) { self.checks = checks }

    /// No fault; warnings may be there.
    public var isHealthy: Bool { checks.allSatisfy { $0.verdict != .fault } }
}
