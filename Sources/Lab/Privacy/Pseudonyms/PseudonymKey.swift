public import Crypto
import Foundation
public import LabDomain

/// The key under which raw identifiers become pseudonyms: HMAC-SHA-256, cut to 128 bits.
///
/// Without the key a pseudonym can be neither inverted nor recomputed from a guessed identifier. A pseudonym is not
/// anonymity: rows of one customer can still be linked, so what leaves the workspace also needs a mechanism.
public struct PseudonymKey: Sendable {
    private let key: SymmetricKey

    /// The namespace of a post's stated author.
    public static let authorNamespace = "author"

    /// A data owner's secret key; `KeyStore.pseudonymKey(owner:)` keeps one.
    public init(_ key: SymmetricKey) { self.key = key }

    /// The key for a published corpus, derived from its name and digest so that runs reproduce on any machine.
    ///
    /// It is no secret: who has the corpus can compute it. It keeps raw identifiers out of artifacts, nothing more, and
    /// must not be used for anybody's own data.
    public static func publicCorpus(name: String, digest: String) -> PseudonymKey {
        let material = ["lab.pseudonym.public-corpus.1", name, digest].joined(separator: "\n")
        return PseudonymKey(SymmetricKey(data: SHA256.hash(data: Data(material.utf8))))
    }

    /// The pseudonym of a source's own identifier, 32 hexadecimal digits.
    ///
    /// - Parameters:
    ///   - identifier: as the source writes it; Unicode is normalised (NFC), case and spaces are kept.
    ///   - namespace: which of a source's identifiers it is (`author`, `card`), so that equal strings of different
    ///     kinds do not meet.
    public func pseudonym(of identifier: String, namespace: String = "customer") -> CustomerID {
        var code = HMAC<SHA256>(key: key)
        let space = Data(namespace.utf8)
        // The length in front keeps ("ab", "c") and ("a", "bc") apart.
        code.update(data: withUnsafeBytes(of: UInt32(space.count).littleEndian) { Data($0) })
        code.update(data: space)
        code.update(data: Data(identifier.precomposedStringWithCanonicalMapping.utf8))
        return CustomerID(rawValue: Hexadecimal.encode(code.finalize().prefix(16)))
    }
}
