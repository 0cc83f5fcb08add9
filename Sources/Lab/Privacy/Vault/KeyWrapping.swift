import Crypto
import Foundation
import LabDomain

/// Keeps customers' keys on disk encrypted under the owner's, each bound to its customer (AES-256-GCM, random nonce).
struct KeyWrapping: Sendable {
    let key: SymmetricKey

    func wrap(_ customerKey: CustomerKey, of customer: CustomerID) throws -> Data {
        let box = try customerKey.secret.withUnsafeBytes { bytes in
            try AES.GCM.seal(bytes, using: key, authenticating: Data(customer.rawValue.utf8))
        }
        // `combined` is nil only for nonces of another length than the random one has.
        return box.combined ?? Data(box.nonce) + box.ciphertext + box.tag
    }

    /// `nil` where the bytes are not that customer's key under this owner's key.
    func unwrap(_ wrapped: Data, of customer: CustomerID) -> CustomerKey? {
        guard let box = try? AES.GCM.SealedBox(combined: wrapped),
            let secret = try? AES.GCM.open(box, using: key, authenticating: Data(customer.rawValue.utf8)),
            secret.count == 32
        else { return nil }
        return CustomerKey(secret: SymmetricKey(data: secret))
    }
}
