public import LabDomain

/// What can go wrong in `LabStatistics`.
public enum StatisticsError: ReportableError, Equatable {
    /// Sequences that belong together differ in length.
    case lengthsDiffer(what: String, first: Int, second: Int)
    /// An argument is outside the values for which the figure is defined.
    case outOfRange(name: String, value: String, allowed: String)

    public var what: String {
        switch self {
        case .lengthsDiffer(let what, let first, let second): "\(what) differ in length: \(first) and \(second)"
        case .outOfRange(let name, let value, let allowed): "\(name) is \(value), but must be \(allowed)"
        }
    }

    public var remedy: String {
        switch self {
        case .lengthsDiffer: "pass sequences in which equal places belong together"
        case .outOfRange: "correct the value; look at the record that it comes from"
        }
    }

    public var status: ExitStatus { .badData }
}
