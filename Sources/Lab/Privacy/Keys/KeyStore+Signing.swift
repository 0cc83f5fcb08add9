public import Crypto

extension KeyStore {
    /// 32 secret bytes from which the owner's signing key is made; derived, so that it is kept safe with the master key.
    public func signingSeed(owner: String) throws -> SymmetricKey { try derivedKey(owner: owner, purpose: "signing") }
}
