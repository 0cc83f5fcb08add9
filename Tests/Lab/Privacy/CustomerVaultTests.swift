import Foundation
import GRDB
import LabDomain
import Testing

@testable import LabPrivacy

@Suite struct CustomerVaultTests {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("lab-vault-\(UUID().uuidString)")
    let ada = CustomerID(rawValue: String(repeating: "a", count: 32))
    let bob = CustomerID(rawValue: String(repeating: "b", count: 32))
    let now = Date(timeIntervalSince1970: 1_790_000_000)

    func withHome(_ body: () throws -> Void) throws {
        defer { try? FileManager.default.removeItem(at: home) }
        try body()
    }

    @Test(arguments: ["", "hello", "naïve 🙂 \u{0}", String(repeating: "long ", count: 5000)])
    func whatIsSealedOpensAgain(_ text: String) throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            let sealed = try vault.seal(text, customer: ada, context: "post/1")
            #expect(try CustomerVault(home: home, owner: "acme").open(sealed, customer: ada, context: "post/1") == text)
            // Nonce and tag: 28 bytes more than the text.
            #expect(Data(base64Encoded: sealed)?.count == text.utf8.count + 28)
        }
    }

    @Test func equalInputGivesEqualBytesAndNothingElseDoes() throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            let first = try vault.seal("hello", customer: ada, context: "post/1")
            let again = try CustomerVault(home: home, owner: "acme").seal("hello", customer: ada, context: "post/1")
            #expect(again == first)
            let others = [
                try vault.seal("hellp", customer: ada, context: "post/1"),
                try vault.seal("hello", customer: bob, context: "post/1"),
                try vault.seal("hello", customer: ada, context: "post/2"),
                try CustomerVault(home: home, owner: "other").seal("hello", customer: ada, context: "post/1"),
            ]
            // Another nonce each, so no two plaintexts ever meet one keystream.
            let nonces = Set(([first] + others).compactMap { Data(base64Encoded: $0)?.prefix(12) })
            #expect(nonces.count == 5)
        }
    }

    @Test func opensNowhereElse() throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            let sealed = try vault.seal("hello", customer: ada, context: "post/1")
            _ = try vault.seal("hello", customer: bob, context: "post/1")
            #expect(throws: PrivacyError.sealedText(ada)) { try vault.open(sealed, customer: ada, context: "post/2") }
            #expect(throws: PrivacyError.sealedText(bob)) { try vault.open(sealed, customer: bob, context: "post/1") }
            #expect(throws: PrivacyError.sealedText(ada)) { try vault.open("no", customer: ada, context: "post/1") }
            var bytes = try #require(Data(base64Encoded: sealed))
            for place in bytes.indices {
                bytes[place] ^= 1
                let altered = bytes.base64EncodedString()
                #expect(throws: PrivacyError.sealedText(ada)) {
                    try vault.open(altered, customer: ada, context: "post/1")
                }
                bytes[place] ^= 1
            }
            let elsewhere = try CustomerVault(home: home.appendingPathComponent("elsewhere"), owner: "acme")
            #expect(throws: PrivacyError.noCustomerKey(ada)) {
                try elsewhere.open(sealed, customer: ada, context: "post/1")
            }
        }
    }

    @Test func keysAreOfNoUseWithoutTheOwnersOwn() throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            let sealed = try vault.seal("hello", customer: ada, context: "post/1")
            try FileManager.default.removeItem(at: home.appendingPathComponent("keys/acme.key"))
            let other = try CustomerVault(home: home, owner: "acme")
            #expect(throws: PrivacyError.customerKeyDamaged(other.url, ada)) {
                try other.open(sealed, customer: ada, context: "post/1")
            }
        }
    }

    @Test func erasedStaysErased() throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            let sealed = try vault.seal("hello", customer: ada, context: "post/1")
            let kept = try vault.seal("hello", customer: bob, context: "post/1")
            let other = try CustomerVault(home: home, owner: "acme")
            let wrapped = try vault.read {
                try Data.fetchOne($0, sql: "SELECT wrapped FROM keys WHERE customer LIKE 'a%'")
            }
            let secret = try #require(wrapped)
            #expect(try bytes(in: vault.url).range(of: secret) != nil)

            #expect(try vault.erase(ada, at: now) == .destroyed)
            #expect(try vault.erase(ada, at: now.addingTimeInterval(9)) == .already)
            // Not a byte of the key is left in the file or beside it, and a vault that was open before knows at once.
            for file in try FileManager.default.contentsOfDirectory(atPath: home.appendingPathComponent("keys").path) {
                let content = try bytes(in: home.appendingPathComponent("keys").appendingPathComponent(file))
                #expect(content.range(of: secret.prefix(16)) == nil, "\(file)")
            }
            for vault in [vault, other, try CustomerVault(home: home, owner: "acme")] {
                #expect(try vault.isErased(ada))
                #expect(throws: PrivacyError.erased(ada)) { try vault.open(sealed, customer: ada, context: "post/1") }
                #expect(throws: PrivacyError.erased(ada)) { try vault.seal("hello", customer: ada, context: "post/1") }
                #expect(throws: PrivacyError.erased(ada)) { try vault.fingerprint([1], customer: ada) }
                try vault.prepare([ada, bob])
                #expect(try vault.counts() == (kept: 1, erased: 1))
                #expect(try vault.open(kept, customer: bob, context: "post/1") == "hello")
            }
            let time = try vault.read { try Int64.fetchOne($0, sql: "SELECT time FROM erased") }
            #expect(time == 1_790_000_000)
            #expect(throws: (any Error).self) { try vault.write { try $0.execute(sql: "DELETE FROM erased") } }
        }
    }

    @Test func whoeverIsErasedBeforeTheyAreKnownGetsNoKey() throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            #expect(try vault.erase(ada, at: now) == .hadNoKey)
            #expect(throws: PrivacyError.erased(ada)) { try vault.seal("hello", customer: ada, context: "post/1") }
            #expect(try vault.counts() == (kept: 0, erased: 1))
        }
    }

    @Test func fingerprintsAreKeyed() throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            let prints = [
                vault.fingerprint([1, 2]), try vault.fingerprint([1, 2], customer: ada),
                try vault.fingerprint([1, 2], customer: bob), try vault.fingerprint([1], customer: ada),
                try CustomerVault(home: home, owner: "other").fingerprint([1, 2]),
            ]
            #expect(Set(prints).count == 5)
            #expect(try CustomerVault(home: home, owner: "acme").fingerprint([1, 2], customer: ada) == prints[1])
        }
    }

    @Test func isItsUsersAlone() throws {
        try withHome {
            let vault = try CustomerVault(home: home, owner: "acme")
            _ = try vault.seal("hello", customer: ada, context: "post/1")
            let mode = try FileManager.default.attributesOfItem(atPath: vault.url.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(vault.url.path == home.appendingPathComponent("keys/acme.customers.sqlite").path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: vault.url.path)
            #expect(throws: PrivacyError.keyPermissions(vault.url, "its mode is 640")) {
                try CustomerVault(home: home, owner: "acme")
            }
        }
    }

    @Test func whoeverIsFirstMakesTheCustomersKey() async throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let home = home
        let ada = ada
        let sealed = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try CustomerVault(home: home, owner: "acme").seal("hello", customer: ada, context: "post/1")
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(sealed.count == 1)
    }

    private func bytes(in file: URL) throws -> Data { try Data(contentsOf: file) }
}
