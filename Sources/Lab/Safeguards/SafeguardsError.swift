public import LabDomain

/// What the safeguards refuse, and why.
public enum SafeguardsError: ReportableError, Hashable {
    case forbiddenAction(action: Int, assessment: Assessment)
    case invalidPropensity(Double)
    case thresholdOutOfBounds(name: String, value: Double, lowest: Double, highest: Double)
    case noWaitingAction(actions: Int)
    case shape(_ what: String, expected: Int, found: Int)
    case specialCategory(attribute: String, category: SpecialCategory)
    case attributeNotPermitted(String)

    public var what: String {
        switch self {
        case .forbiddenAction(let action, let assessment):
            "Action \(action) is not permitted for a customer assessed as \(assessment.name)."
        case .invalidPropensity(let value): "The propensity \(value) is not in (0, 1]."
        case .thresholdOutOfBounds(let name, let value, let lowest, let highest):
            "The safeguard threshold \(name) is \(value), outside of \(lowest)...\(highest)."
        case .noWaitingAction(let actions): "None of the \(actions) actions is waiting."
        case .shape(let what, let expected, let found): "The \(what) have \(found) elements instead of \(expected)."
        case .specialCategory(let attribute, let category):
            "The attribute '\(attribute)' speaks of \(category.rawValue), a special category that is never stored."
        case .attributeNotPermitted(let name): "The attribute '\(name)' is not among those that may be stored."
        }
    }

    public var remedy: String {
        switch self {
        case .forbiddenAction: "Choose among the permitted actions; the mask is part of the decision."
        case .invalidPropensity: "Give the probability with which the policy takes this action under the mask."
        case .thresholdOutOfBounds: "Stay inside the bounds; the safeguards cannot be switched off."
        case .noWaitingAction: "Add a waiting action: a person may object to all others."
        case .shape: "Pass row-major values of the documented shape."
        case .specialCategory: "Leave it out; nothing in Lab may learn, infer or keep it."
        case .attributeNotPermitted:
            "Use one of: \(ProfileAttribute.allCases.map(\.rawValue).joined(separator: ", "))."
        }
    }

    public var status: ExitStatus {
        switch self {
        case .forbiddenAction, .invalidPropensity, .shape: .ourBug
        case .thresholdOutOfBounds, .noWaitingAction: .usage
        case .specialCategory, .attributeNotPermitted: .noPermission
        }
    }
}
