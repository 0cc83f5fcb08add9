import Crypto
public import Foundation
public import LabDomain

extension CustomerVault {
    /// The text encrypted under the customer's key, in base 64; the key is made if there is none.
    ///
    /// Equal text, customer and context give equal bytes as long as the home keeps its keys. The length is not hidden.
    ///
    /// - Parameter context: where the text stands, for example `post/<id>`: sealed text opens nowhere else.
    /// - Throws: `PrivacyError.erased` for a customer who was erased: nobody is silently created anew.
    public func seal(_ text: String, customer: CustomerID, context: String) throws -> String {
        try madeKey(of: customer).seal(Data(text.utf8), context: place(customer, context)).base64EncodedString()
    }

    /// The text that `seal` was given.
    ///
    /// Throws `PrivacyError.erased` when the customer's key was destroyed, `.noCustomerKey` when this home never had one,
    /// `.sealedText` for bytes of another customer, context, key or altered ones.
    public func open(_ sealed: String, customer: CustomerID, context: String) throws -> String {
        let key = try key(of: customer)
        guard let bytes = Data(base64Encoded: sealed),
            let plain = key.open(bytes, context: place(customer, context)),
            let text = String(data: plain, encoding: .utf8)
        else { throw PrivacyError.sealedText(customer) }
        return text
    }

    /// A digest keyed by the owner, 64 hexadecimal digits: equal bytes are told, but not guessed.
    public func fingerprint(_ bytes: some DataProtocol) -> String {
        Hexadecimal.encode(HMAC<SHA256>.authenticationCode(for: bytes, using: fingerprintKey))
    }

    /// A digest keyed by the customer, 64 hexadecimal digits, which goes with them; the key is made if there is none.
    ///
    /// Throws `PrivacyError.erased` for a customer who was erased.
    public func fingerprint(_ bytes: some DataProtocol, customer: CustomerID) throws -> String {
        Hexadecimal.encode(try madeKey(of: customer).fingerprint(Data(bytes)))
    }

    private func madeKey(of customer: CustomerID) throws -> CustomerKey {
        do {
            return try key(of: customer)
        } catch PrivacyError.noCustomerKey {
            try prepare(CollectionOfOne(customer))
            return try key(of: customer)
        }
    }

    private func place(_ customer: CustomerID, _ context: String) -> Data {
        ["lab.vault.1", customer.rawValue, context].reduce(into: Data()) { $0 += CustomerKey.framed(Data($1.utf8)) }
    }
}
