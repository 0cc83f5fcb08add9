import Foundation
import LabDomain
import LabStorage

/// Checks a bundle: signature, every file's digest, the manifest, and that the policy loads and gives probabilities.
///
/// Everything that is wrong is named, not only the first. Nothing of a bundle is used before its signature holds.
public struct BundleVerifier: Sendable {
    /// The key to trust; without one the bundle's own key is used, which proves integrity but not origin.
    public var key: VerificationKey?
    /// The reader's own key, to recognise bundles made here.
    public var ownKey: VerificationKey?
    /// Whether to ask for everything that production asks for.
    public var forProduction: Bool
    public var loader: PolicyLoader

    public init(
        key: VerificationKey? = nil, ownKey: VerificationKey? = nil, forProduction: Bool = false,
        loader: PolicyLoader = .standard
    ) {
        self.key = key
        self.ownKey = ownKey
        self.forProduction = forProduction
        self.loader = loader
    }

    /// Throws `ServingError.noBundle` where there is no such folder; everything else stands in the report.
    public func verify(_ bundle: URL) throws -> VerificationReport {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: bundle.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw ServingError.noBundle(path: bundle.path)
        }
        var report = VerificationReport(path: bundle.path)
        guard let signed = signedDigests(bundle, &report) else { return report }
        guard compare(bundle, with: signed, &report) else { return report }
        checkManifest(bundle, signed, &report)
        guard report.isSound, let manifest = report.manifest else { return report }
        checkPolicy(bundle, manifest, &report)
        checkRollout(bundle, manifest, &report)
        if forProduction {
            report.objections = manifest.objectionsToProduction
            if report.trust == .enclosed {
                report.objections.append("its signer is not known: give the signer's public key")
            }
        }
        return report
    }

    /// The digests that a trusted signature covers.
    private func signedDigests(_ bundle: URL, _ report: inout VerificationReport) -> DigestList? {
        let files = FileManager.default
        for path in [BundleFiles.envelope, BundleFiles.publicKey] {
            guard files.fileExists(atPath: bundle.appending(path: path).path) else {
                report.faults.append(.init(.unsigned, path, "is missing: nothing vouches for this bundle"))
                return nil
            }
        }
        do {
            let enclosed = try VerificationKey(file: bundle.appending(path: BundleFiles.publicKey))
            let trusted = key ?? enclosed
            report.keyFingerprint = trusted.fingerprint
            report.trust = key != nil ? .given : (enclosed == ownKey ? .own : .enclosed)
            let data = try Data(contentsOf: bundle.appending(path: BundleFiles.envelope))
            let envelope = try ServingJSON.decode(Envelope.self, from: data, file: BundleFiles.envelope)
            guard let payload = envelope.payload(signedBy: trusted) else {
                let isForeign = trusted != enclosed && envelope.payload(signedBy: enclosed) != nil
                let problem =
                    isForeign
                    ? "is signed with the key \(enclosed.fingerprint.prefix(16))…, not with the one that was given"
                    : "does not match its signature"
                report.faults.append(.init(isForeign ? .wrongKey : .changed, BundleFiles.envelope, problem))
                return nil
            }
            let statement = try ServingJSON.decode(BundleStatement.self, from: payload, file: BundleFiles.envelope)
            report.statement = statement
            return try statement.digestList()
        } catch {
            report.faults.append(Self.fault(error, file: BundleFiles.envelope))
            return nil
        }
    }

    /// Whether the folder holds exactly what was signed.
    private func compare(_ bundle: URL, with signed: DigestList, _ report: inout VerificationReport) -> Bool {
        let found: DigestList
        do {
            found = try DigestList(folder: bundle, leavingOut: BundleFiles.isSignature)
        } catch {
            report.faults.append(Self.fault(error, file: "."))
            return false
        }
        report.files = found.digests.count
        for path in Set(signed.digests.keys).union(found.digests.keys).sorted() {
            switch (signed.digests[path], found.digests[path]) {
            case (let wanted?, let present?) where wanted != present:
                report.faults.append(
                    .init(
                        .changed, path,
                        "was changed: its SHA-256 is \(present.prefix(12))…, \(wanted.prefix(12))… was signed"))
            case (.some, nil): report.faults.append(.init(.missing, path, "is missing"))
            case (nil, .some): report.faults.append(.init(.added, path, "was added after signing"))
            default: break
            }
        }
        return report.isSound
    }

    static func fault(_ error: any Error, file: String) -> VerificationReport.Fault {
        switch error {
        case ServingError.malformed(let file, let problem): .init(.malformed, file, problem)
        case let error as any ReportableError: .init(.malformed, file, "cannot be used: \(error.what)")
        default: .init(.malformed, file, "cannot be used: \(error)")
        }
    }
}
