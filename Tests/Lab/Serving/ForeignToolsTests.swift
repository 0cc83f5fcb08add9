import Foundation
import Testing

@testable import LabServing

@Suite("Other tools accept what is signed")
struct ForeignToolsTests {
    /// The Python of `.venv-clients`, which `make test` sets up.
    static let python = ProcessInfo.processInfo.environment["LAB_CLIENTS_PYTHON"]

    @Test("securesystemslib verifies the envelope", .enabled(if: python != nil, "needs .venv-clients (make test)"))
    func securesystemslib() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        let script = """
            import json, sys
            from cryptography.hazmat.primitives.serialization import load_pem_public_key
            from securesystemslib.dsse import Envelope
            from securesystemslib.signer import SSlibKey
            folder = sys.argv[1]
            key = load_pem_public_key(open(folder + "/signature/public-key.pem", "rb").read())
            data = json.load(open(folder + "/signature/statement.dsse.json"))
            known = SSlibKey.from_crypto(key, keyid=data["signatures"][0]["keyid"])
            envelope = Envelope.from_dict(data)
            assert len(envelope.verify([known], 1)) == 1
            print(json.loads(envelope.payload)["_type"])
            """
        let output = try Self.run(Self.python ?? "", ["-c", script, fixture.bundle.path])
        #expect(output == "https://in-toto.io/Statement/v1\n")
    }

    @Test("sha256sum checks the digest list, openssl-style fingerprints agree")
    func sha256sum() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        let check = "cd \"$0\" && sha256sum --check --strict --quiet MANIFEST.sha256 && echo same"
        #expect(try Self.run("/bin/sh", ["-c", check, fixture.bundle.path]) == "same\n")
        let digest = "grep -v -e ---- \"$0\" | base64 -d | sha256sum | cut -c 1-64"
        let pem = fixture.bundle.appending(path: BundleFiles.publicKey)
        let fingerprint = try VerificationKey(file: pem).fingerprint
        #expect(try Self.run("/bin/sh", ["-c", digest, pem.path]) == fingerprint + "\n")
    }

    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
