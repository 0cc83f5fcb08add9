import Foundation

/// A signed payload: DSSE 1.0.2 (`secure-systems-lab/dsse`), which other tools verify as well.
struct Envelope: Codable, Sendable, Equatable {
    struct Signature: Codable, Sendable, Equatable {
        var keyid: String
        /// Base64.
        var sig: String
    }

    /// in-toto's media type.
    static let statementType = "application/vnd.in-toto+json"

    /// Base64.
    var payload: String
    var payloadType: String
    var signatures: [Signature]

    init(payload: Data, type: String = Envelope.statementType, key: SigningKey) throws {
        self.payload = payload.base64EncodedString()
        payloadType = type
        let signature = try key.signature(for: Self.message(payload, type: type))
        signatures = [Signature(keyid: key.publicKey.fingerprint, sig: signature.base64EncodedString())]
    }

    /// The payload, if one of the signatures over it is by `key`; else `nil`.
    func payload(signedBy key: VerificationKey) -> Data? {
        guard let data = Data(base64Encoded: payload) else { return nil }
        let message = Self.message(data, type: payloadType)
        let isSigned = signatures.contains { signature in
            Data(base64Encoded: signature.sig).map { key.isValid($0, for: message) } ?? false
        }
        return isSigned ? data : nil
    }

    /// DSSE's pre-authentication encoding: what is signed.
    static func message(_ payload: Data, type: String) -> Data {
        Data("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }
}
