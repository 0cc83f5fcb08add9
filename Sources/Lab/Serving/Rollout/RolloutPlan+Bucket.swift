import Crypto
import Foundation
import LabDomain

extension RolloutPlan {
    /// Where a customer stands in this rollout, in [0, 1): always the same place, evenly spread over customers.
    ///
    /// The first 53 bits of SHA-256(salt ‖ 0x00 ‖ pseudonym), so that any program can tell who is exposed.
    public func bucket(of customer: CustomerID) -> Double {
        let digest = SHA256.hash(data: Data(salt.utf8) + [0] + Data(customer.rawValue.utf8))
        let bits = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(bits >> 11) * 0x1p-53
    }

    /// Whether the customer gets the learned policy at a stage; who is exposed stays exposed at later stages.
    public func exposes(_ customer: CustomerID, stage: RolloutStage) -> Bool { bucket(of: customer) < stage.exposure }
}
