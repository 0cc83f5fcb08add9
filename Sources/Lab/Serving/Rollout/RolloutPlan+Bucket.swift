import Crypto
import Foundation
import LabDomain

extension RolloutPlan {
    /// Where a decision stands in this rollout, in [0, 1): always the same place, evenly spread.
    ///
    /// The first 53 bits of SHA-256(salt ‖ 0x00 ‖ pseudonym), for the unit `decision` followed by 0x00 and the decision's
    /// number in decimal digits, so that any program can tell who is exposed to what.
    ///
    /// - Parameter decision: the customer's how-manyth decision, from 0.
    public func bucket(of customer: CustomerID, decision: Int) -> Double {
        var text = Data(salt.utf8) + [0] + Data(customer.rawValue.utf8)
        if unit == .decision { text += [0] + Data(String(decision).utf8) }
        let bits = SHA256.hash(data: text).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bits >> 11) * 0x1p-53
    }

    /// Whether the learned policy decides at a stage; what is exposed stays exposed at later stages.
    public func exposes(_ customer: CustomerID, decision: Int, stage: RolloutStage) -> Bool {
        bucket(of: customer, decision: decision) < stage.exposure
    }
}
