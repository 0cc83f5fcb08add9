import Foundation
import LabDomain
import LabStorage
import Testing

@testable import LabServing

@Suite("Bundles are verified")
struct BundleVerifierTests {
    @Test("What was written and signed is sound; an unknown signer is said to be unknown")
    func sound() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        let manifest = try fixture.write()
        let report = try fixture.verify()
        #expect(report.faults == [])
        #expect(report.trust == .enclosed)
        #expect(report.manifest == manifest)
        #expect(report.files == 7)
        let own = try SigningKey(home: fixture.home, owner: "local").publicKey
        let known = try BundleVerifier(ownKey: own, loader: BundleFixture.loader()).verify(fixture.bundle)
        #expect(known.trust == .own)
        #expect(try fixture.verify(key: own).trust == .given)
    }

    @Test(
        "One flipped bit in any file is named",
        arguments: [
            BundleFiles.manifest, BundleFiles.policy, BundleFiles.policyDescription, BundleFiles.creatives,
            BundleFiles.rollout, BundleFiles.digests, "evidence/verdict.json",
        ])
    func flipped(_ path: String) throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        try fixture.flip(path)
        let report = try fixture.verify()
        #expect(report.faults.map(\.kind) == [.changed])
        #expect(report.faults.map(\.file) == [path])
    }

    @Test("A flipped bit in the signed statement or the key is named")
    func flippedSignature() throws {
        for path in [BundleFiles.envelope, BundleFiles.publicKey] {
            let fixture = try BundleFixture()
            defer { fixture.remove() }
            try fixture.write()
            try fixture.flip(path)
            let report = try fixture.verify()
            #expect(!report.isSound, "\(path)")
        }
    }

    @Test("Missing and added files, links and an unsigned folder are named")
    func folderContent() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        let files = FileManager.default
        try files.removeItem(at: fixture.bundle.appending(path: BundleFiles.creatives))
        try Data("more".utf8).write(to: fixture.bundle.appending(path: "evidence/more.json"))
        let report = try fixture.verify()
        #expect(report.faults.map(\.kind) == [.missing, .added])
        #expect(report.faults.map(\.file) == [BundleFiles.creatives, "evidence/more.json"])

        try files.createSymbolicLink(
            atPath: fixture.bundle.appending(path: "link").path, withDestinationPath: "policy.safetensors")
        #expect(try fixture.verify().faults.map(\.kind) == [.malformed])

        try files.removeItem(at: fixture.bundle.appending(path: BundleFiles.envelope))
        #expect(try fixture.verify().faults.map(\.kind) == [.unsigned])
        #expect(throws: ServingError.noBundle(path: "/nowhere")) {
            try BundleVerifier(loader: BundleFixture.loader()).verify(URL(filePath: "/nowhere"))
        }
    }

    @Test("Another's signature does not pass under a key that was given")
    func foreignKey() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        let other = try SigningKey(home: fixture.root.appending(path: "other"), owner: "local").publicKey
        let report = try fixture.verify(key: other)
        #expect(report.faults.map(\.kind) == [.wrongKey])
        #expect(throws: ServingError.self) { try report.check() }
    }

    @Test("A manifest whose digests are not those of its parts does not pass, even when signed anew")
    func resigned() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        let manifest = try fixture.write()
        let url = fixture.bundle.appending(path: BundleFiles.manifest)
        let text = try String(contentsOf: url, encoding: .utf8).replacingOccurrences(of: "\"tests\"", with: "\"sales\"")
        try Data(text.utf8).write(to: url)
        let predicate = BundleStatement.Predicate(
            bundle: manifest.id, environment: .simulation, signed: BundleFixture.moment, runs: [])
        try BundleStatement.sign(
            bundle: fixture.bundle, predicate: predicate, key: SigningKey(home: fixture.home, owner: "local"),
            into: fixture.bundle.appending(path: BundleFiles.signature))
        let report = try fixture.verify()
        #expect(Set(report.faults.map(\.file)) == [BundleFiles.manifest, BundleFiles.digests])
    }

    @Test("Production refuses simulation, barred licences, a missing approver and an unknown signer")
    func production() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        #expect(try fixture.verify(production: true).objections.count == 3)

        let licensed = try BundleFixture()
        defer { licensed.remove() }
        let barred = DataLicence(dataset: "tweets", licence: "CC-BY-NC-4.0", commercialUse: false)
        try licensed.write(
            BundleFixture.content(environment: .production, approver: "A. Person", licences: [barred]))
        let key = try SigningKey(home: licensed.home, owner: "local").publicKey
        let refused = try licensed.verify(key: key, production: true)
        #expect(refused.objections == ["the licence of tweets (CC-BY-NC-4.0) bars commercial use"])
        #expect(throws: ServingError.self) { try refused.check() }

        let fit = try BundleFixture()
        defer { fit.remove() }
        let open = DataLicence(dataset: "tweets", licence: "MIT", commercialUse: true)
        try fit.write(BundleFixture.content(environment: .production, approver: "A. Person", licences: [open]))
        let own = try SigningKey(home: fit.home, owner: "local").publicKey
        try fit.verify(key: own, production: true).check()
    }

    @Test("A policy that breaks the safeguards, and a rollout beyond the evidence, are faults")
    func contentFaults() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        let reckless = BundleVerifier(loader: BundleFixture.loader(BundleFixture.Reckless()))
        #expect(try reckless.verify(fixture.bundle).faults.map(\.kind) == [.policy])

        let hasty = try BundleFixture()
        defer { hasty.remove() }
        var content = BundleFixture.content()
        content.rollout = .doubling(from: 0.5, salt: "salt-1")
        try hasty.write(content)
        #expect(try hasty.verify().faults.map(\.kind) == [.rollout])
    }

    @Test("Equal content gives equal bytes and ids; the key and the time touch the signature only")
    func deterministic() throws {
        let first = try BundleFixture()
        let second = try BundleFixture()
        defer {
            first.remove()
            second.remove()
        }
        #expect(try first.write().id == second.write().id)
        let one = try DigestList(folder: first.bundle)
        let two = try DigestList(folder: second.bundle)
        let differing = one.digests.keys.filter { one.digests[$0] != two.digests[$0] }
        #expect(Set(differing) == [BundleFiles.envelope, BundleFiles.publicKey])
        #expect(
            try BundleFixture.content(exposure: 0.5).write(to: first.root.appending(path: "b")).id
                != second.write(BundleFixture.content()).id)
    }
}
