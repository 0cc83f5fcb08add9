import LabDomain

/// What goes wrong when figures are computed or reported.
public enum AnalyticsError: ReportableError, Equatable {
    /// A figure was asked of fewer cases than it needs.
    case tooFewCases(figure: String, cases: Int, needed: Int)
    /// Two columns that belong together differ in length.
    case lengthsDiffer(figure: String, left: Int, right: Int)
    /// A rate's denominator is zero.
    case nothingToDivideBy(figure: String)

    public var what: String {
        switch self {
        case .tooFewCases(let figure, let cases, let needed):
            "\(figure) needs \(needed) cases, there are \(cases)"
        case .lengthsDiffer(let figure, let left, let right):
            "\(figure) compares \(left) values with \(right)"
        case .nothingToDivideBy(let figure):
            "\(figure) has no cases in its denominator"
        }
    }

    public var remedy: String {
        switch self {
        case .tooFewCases: "use more customers or a longer campaign"
        case .lengthsDiffer: "give both sides the same customers in the same order"
        case .nothingToDivideBy: "leave the figure out, or widen what it is taken over"
        }
    }

    public var status: ExitStatus { .badData }
}
