public import LabDomain

/// What can go wrong in `LabStatistics`.
public enum StatisticsError: ReportableError, Equatable {
    /// Sequences that belong together differ in length.
    case lengthsDiffer(what: String, first: Int, second: Int)
    /// An argument is outside the values for which the figure is defined.
    case outOfRange(name: String, value: String, allowed: String)
    /// A sample has too few observations for what is asked of it.
    case tooFew(what: String, count: Int, needed: Int)
    /// A sample has a value that is not a number or infinite.
    case notFinite(what: String, index: Int, value: String)

    public var what: String {
        switch self {
        case .lengthsDiffer(let what, let first, let second): "\(what) differ in length: \(first) and \(second)"
        case .outOfRange(let name, let value, let allowed): "\(name) is \(value), but must be \(allowed)"
        case .tooFew(let what, let count, let needed): "\(what) has \(count) observations, but \(needed) are needed"
        case .notFinite(let what, let index, let value): "\(what) has the value \(value) at place \(index)"
        }
    }

    public var remedy: String {
        switch self {
        case .lengthsDiffer: "pass sequences in which equal places belong together"
        case .outOfRange: "correct the value; look at the record that it comes from"
        case .tooFew: "gather more observations, or ask for a figure that so few can give"
        case .notFinite: "find out which record gave it, and leave that out or mend it before testing"
        }
    }

    public var status: ExitStatus { .badData }
}

extension StatisticsError {
    /// Refuses values that no test has an answer for.
    static func check(_ values: [Double], _ what: String, atLeast needed: Int = 1) throws {
        if values.count < needed { throw tooFew(what: what, count: values.count, needed: needed) }
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw notFinite(what: what, index: index, value: "\(values[index])")
        }
    }

    static func check(level: Double) throws {
        if !(level > 0 && level < 1) { throw outOfRange(name: "level", value: "\(level)", allowed: "in (0, 1)") }
    }
}
