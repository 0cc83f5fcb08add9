import Crypto
import Foundation
import LabPrivacy
import LabStorage

/// The Ed25519 key with which this home signs bundles.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// Derived from the owner's master key in `$LAB_HOME/keys`, which is made (mode 0600) on first use.
    public init(home: URL, owner: String) throws {
        let seed = try KeyStore(home: home).signingSeed(owner: owner)
        key = try seed.withUnsafeBytes { try Curve25519.Signing.PrivateKey(rawRepresentation: $0) }
    }

    public var publicKey: VerificationKey { VerificationKey(key.publicKey) }

    func signature(for message: Data) throws -> Data { try key.signature(for: message) }
}

/// The public half of a signing key.
public struct VerificationKey: Sendable, Equatable {
    private let key: Curve25519.Signing.PublicKey

    /// SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) but for the key's own 32 bytes.
    private static let prefix = Data([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00])
    private static let begin = "-----BEGIN PUBLIC KEY-----"
    private static let end = "-----END PUBLIC KEY-----"

    init(_ key: Curve25519.Signing.PublicKey) { self.key = key }

    /// Reads a PEM text; `path` is named in the error `ServingError.badKey`.
    public init(pem: String, path: String) throws {
        let lines = pem.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard let first = lines.firstIndex(of: Self.begin), let last = lines.firstIndex(of: Self.end), first < last,
            let data = Data(base64Encoded: lines[(first + 1)..<last].joined())
        else { throw ServingError.badKey(path: path, problem: "it holds no PEM public key") }
        guard data.count == 44, data.prefix(12) == Self.prefix,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: data.dropFirst(12))
        else { throw ServingError.badKey(path: path, problem: "the key is not of the type Ed25519") }
        self.key = key
    }

    /// Reads a PEM file.
    public init(file: URL) throws {
        guard let data = try? Data(contentsOf: file) else {
            throw ServingError.badKey(path: file.path, problem: "it cannot be read")
        }
        try self.init(pem: String(decoding: data, as: UTF8.self), path: file.path)
    }

    /// DER bytes of the SubjectPublicKeyInfo.
    var der: Data { Self.prefix + key.rawRepresentation }

    public var pem: String { "\(Self.begin)\n\(der.base64EncodedString())\n\(Self.end)\n" }

    /// SHA-256 of the DER form, in hexadecimal: what `openssl pkey -pubin -outform DER | sha256sum` gives.
    public var fingerprint: String { Digest.sha256(der) }

    func isValid(_ signature: Data, for message: Data) -> Bool { key.isValidSignature(signature, for: message) }

    public static func == (left: VerificationKey, right: VerificationKey) -> Bool { left.der == right.der }
}
