import Crypto
import Foundation
import LabDomain
import Testing

@testable import LabPrivacy

@Suite struct KeyStoreTests {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("lab-keys-\(UUID().uuidString)")

    @Test func keepsOneKeyAnOwner() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let store = KeyStore(home: home)
        let first = try store.pseudonymKey(owner: "acme").pseudonym(of: "x")
        #expect(try KeyStore(home: home).pseudonymKey(owner: "acme").pseudonym(of: "x") == first)
        #expect(try store.pseudonymKey(owner: "other").pseudonym(of: "x") != first)
        #expect(try store.derivedKey(owner: "acme", purpose: "a") != store.derivedKey(owner: "acme", purpose: "b"))
        let file = store.folder.appendingPathComponent("acme.key").path
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: store.folder.path).sorted() == [
                "acme.key", "other.key",
            ])
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660]) func refusesAKeyThatOthersMayRead(_ mode: Int) throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let store = KeyStore(home: home)
        _ = try store.pseudonymKey(owner: "acme")
        let file = store.folder.appendingPathComponent("acme.key")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        #expect(throws: PrivacyError.keyPermissions(file, "its mode is \(String(mode, radix: 8))")) {
            try store.pseudonymKey(owner: "acme")
        }
    }

    @Test func refusesLinksAndDamage() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let store = KeyStore(home: home)
        _ = try store.pseudonymKey(owner: "acme")
        let file = store.folder.appendingPathComponent("acme.key")
        let link = store.folder.appendingPathComponent("linked.key")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        #expect(throws: PrivacyError.self) { try store.pseudonymKey(owner: "linked") }
        for damage in ["", "00", String(repeating: "0", count: 64), String(repeating: "g", count: 64) + "\n"] {
            try Data(damage.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            #expect(throws: PrivacyError.keyDamaged(file)) { try store.pseudonymKey(owner: "acme") }
        }
    }

    @Test(arguments: ["", "..", "a/b", ".hidden", "A", "ä", String(repeating: "a", count: 65), "a b", "-x"])
    func refusesNamesThatArePaths(_ owner: String) {
        #expect(throws: PrivacyError.ownerName(owner)) { try KeyStore(home: home).pseudonymKey(owner: owner) }
        #expect(!FileManager.default.fileExists(atPath: home.path))
    }

    @Test func whoeverIsFirstMakesTheKey() async throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let store = KeyStore(home: home)
        let pseudonyms = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { try store.pseudonymKey(owner: "acme").pseudonym(of: "x").rawValue } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(pseudonyms.count == 1)
    }
}
