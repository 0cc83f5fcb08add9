public import LabDomain
import Synchronization

/// Who has objected, for every decision from the moment on at which `record` returns.
///
/// An objection is never weakened by a later, weaker one; only `withdraw`, which the person asks for, lifts it.
public final class ObjectionRegister: Sendable {
    private let objections: Mutex<[CustomerID: Objection]>

    public init(_ objections: [CustomerID: Objection] = [:]) { self.objections = Mutex(objections) }

    /// Takes effect at once: the next permission that is asked for sees it, on whatever thread.
    public func record(_ objection: Objection, of customer: CustomerID) {
        objections.withLock { $0[customer] = max($0[customer] ?? .none, objection) }
    }

    /// Lifts an objection because the person asks for it.
    public func withdraw(of customer: CustomerID) { objections.withLock { $0[customer] = nil } }

    public func objection(of customer: CustomerID) -> Objection {
        objections.withLock { $0[customer] ?? .none }
    }

    /// The audience of one customer, to be asked anew for every decision.
    public func audience(of customer: CustomerID, age: AgeStatus) -> Audience {
        Audience(age: age, objection: objection(of: customer))
    }

    /// Whether a permission given before may still be used; asked again at the moment of delivery.
    public func stillHolds(_ permitted: PermittedActions, for customer: CustomerID, action: Int, kind: CreativeKind?)
        -> Bool
    {
        guard permitted.permits(action: action) else { return false }
        switch objection(of: customer) {
        case .none: return true
        case .personalisation: return kind == nil || (permitted.targeting == .contextual && kind == .inform)
        case .contact: return kind == nil
        }
    }
}
