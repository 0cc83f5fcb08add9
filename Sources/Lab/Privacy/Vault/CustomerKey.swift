import Crypto
import Foundation

/// One customer's secret, and what is done with it: AES-256-GCM with a nonce made from the plaintext.
///
/// The nonce is the first 12 bytes of HMAC-SHA-256, under a key of its own, over context and plaintext (the construction
/// of SIV, RFC 5297, with GCM behind it). So the same text in the same place gives the same bytes, and a run on the same
/// home comes out again bit for bit; and a nonce meets a second plaintext only if 96 bits collide within one customer.
/// What it shows in return: whether two sealed texts of one customer in one context are equal, and their length.
struct CustomerKey: Sendable {
    let secret: SymmetricKey

    static func random() -> CustomerKey { CustomerKey(secret: SymmetricKey(size: .bits256)) }

    func seal(_ plaintext: Data, context: Data) throws -> Data {
        var code = HMAC<SHA256>(key: subkey("nonce"))
        code.update(data: Self.framed(context))
        code.update(data: plaintext)
        let nonce = try AES.GCM.Nonce(data: Data(code.finalize().prefix(12)))
        let box = try AES.GCM.seal(plaintext, using: subkey("text"), nonce: nonce, authenticating: context)
        return Data(nonce) + box.ciphertext + box.tag
    }

    /// `nil` for bytes that this key did not seal in this context.
    func open(_ sealed: Data, context: Data) -> Data? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        return try? AES.GCM.open(box, using: subkey("text"), authenticating: context)
    }

    func fingerprint(_ bytes: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: bytes, using: subkey("fingerprint")))
    }

    private func subkey(_ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, info: Data("lab.customer.\(purpose).1".utf8), outputByteCount: 32)
    }

    /// The length in front keeps ("ab", "c") and ("a", "bc") apart.
    static func framed(_ field: Data) -> Data {
        withUnsafeBytes(of: UInt64(field.count).littleEndian) { Data($0) } + field
    }
}
