import Crypto
public import Foundation

/// The secret keys of data owners under `<home>/keys`, one file an owner, readable by its user alone.
///
/// A file that anybody else may read is refused rather than used. Keys are made when first asked for, from the
/// system's cryptographic generator; two processes that ask at once get the same key.
public struct KeyStore: Sendable {
    /// `<home>/keys`.
    public let folder: URL

    /// - Parameter home: `$LAB_HOME`; never a workspace or a repository.
    public init(home: URL) { folder = home.appendingPathComponent("keys", isDirectory: true) }

    /// Throws `PrivacyError.unknownOwner` for an owner without a key: for commands that should not make one by mistake.
    public func requireOwner(_ owner: String) throws {
        try OwnerName.check(owner)
        guard try PrivateFile.read(folder.appendingPathComponent("\(owner).key")) != nil else {
            throw PrivacyError.unknownOwner(owner, folder)
        }
    }

    /// The owner's key for pseudonyms.
    public func pseudonymKey(owner: String) throws -> PseudonymKey {
        PseudonymKey(try derivedKey(owner: owner, purpose: "pseudonym"))
    }

    /// A key for one purpose, derived from the owner's master key (HKDF-SHA-256, RFC 5869).
    func derivedKey(owner: String, purpose: String) throws -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: try masterKey(owner: owner), info: Data("lab.\(purpose).1".utf8), outputByteCount: 32)
    }

    /// The owner's master key, made if there is none.
    ///
    /// Throws `PrivacyError.keyPermissions` when others could have read it, `.keyDamaged` when it is not a key.
    func masterKey(owner: String) throws -> SymmetricKey {
        try OwnerName.check(owner)
        let url = folder.appendingPathComponent("\(owner).key")
        if let text = try PrivateFile.read(url) { return try parse(text, at: url) }
        try PrivateFile.createFolder(folder)
        let fresh = SymmetricKey(size: .bits256).withUnsafeBytes { Hexadecimal.encode($0) }
        try PrivateFile.createOnce(url, Data((fresh + "\n").utf8))
        // Another process may have been first: what lies there now is the key.
        guard let text = try PrivateFile.read(url) else { throw PrivacyError.keyDamaged(url) }
        return try parse(text, at: url)
    }

    private func parse(_ data: Data, at url: URL) throws -> SymmetricKey {
        let text = String(decoding: data, as: UTF8.self)
        guard text.hasSuffix("\n"), let key = Hexadecimal.decode(String(text.dropLast())), key.count == 32 else {
            throw PrivacyError.keyDamaged(url)
        }
        return SymmetricKey(data: key)
    }
}

/// Names that are safe as file names: no path, no hidden file.
enum OwnerName {
    static func check(_ name: String) throws {
        let allowed = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "._-".utf8.contains(byte)
        }
        guard allowed, (1...64).contains(name.utf8.count), let first = name.first, first.isLetter || first.isNumber
        else { throw PrivacyError.ownerName(name) }
    }
}
