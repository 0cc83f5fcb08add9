import Foundation
import LabStorage

/// What is signed about a bundle: an in-toto statement (v1) over every file, with the runs that it was made from.
public struct BundleStatement: Codable, Sendable, Equatable {
    public struct Subject: Codable, Sendable, Equatable {
        public var name: String
        /// `sha256` → hexadecimal digits.
        public var digest: [String: String]
    }

    /// Who made the bundle from what: differs between two bundles of equal content.
    public struct Predicate: Codable, Sendable, Equatable {
        public var bundle: String
        public var environment: BundleManifest.Environment
        /// UTC, in whole seconds.
        public var signed: Date
        /// The run that made it, and its sources, sorted by role.
        public var runs: [SignedRun]

        public init(bundle: String, environment: BundleManifest.Environment, signed: Date, runs: [SignedRun]) {
            self.bundle = bundle
            self.environment = environment
            self.signed = signed
            self.runs = runs
        }
    }

    /// A sealed run, by identity.
    public struct SignedRun: Codable, Sendable, Equatable {
        public var role: String
        public var id: String
        /// `nil` for the run that makes the bundle, which is not sealed yet.
        public var sealDigest: String?

        public init(role: String, id: String, sealDigest: String?) {
            self.role = role
            self.id = id
            self.sealDigest = sealDigest
        }
    }

    static let statementType = "https://in-toto.io/Statement/v1"
    static let predicateType = "urn:lab:bundle:v1"

    public var type: String
    public var subject: [Subject]
    public var predicateType: String
    public var predicate: Predicate

    enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject
        case predicateType
        case predicate
    }

    init(subjects: DigestList, predicate: Predicate) {
        type = Self.statementType
        subject = subjects.digests.sorted { $0.key < $1.key }.map {
            Subject(name: $0.key, digest: ["sha256": $0.value])
        }
        predicateType = Self.predicateType
        self.predicate = predicate
    }

    /// The digests that were signed; throws `ServingError.malformed` for a statement of another kind.
    func digestList() throws -> DigestList {
        guard type == Self.statementType, predicateType == Self.predicateType else {
            throw ServingError.malformed(file: BundleFiles.envelope, problem: "it is not a statement about a bundle")
        }
        var list = DigestList()
        for subject in subject {
            guard let digest = subject.digest["sha256"], list.digests[subject.name] == nil else {
                throw ServingError.malformed(
                    file: BundleFiles.envelope, problem: "\(subject.name) has no digest or stands there twice")
            }
            list.digests[subject.name] = digest
        }
        return list
    }

    /// Writes the signature of a bundle's folder: the envelope and the public key that verifies it.
    ///
    /// - Parameters:
    ///   - bundle: the folder that was written by `BundleContent`.
    ///   - folder: where the two files go; `bundle`'s own `signature` or a folder that becomes it.
    public static func sign(bundle: URL, predicate: Predicate, key: SigningKey, into folder: URL) throws {
        let subjects = try DigestList(folder: bundle, leavingOut: BundleFiles.isSignature)
        let statement = BundleStatement(subjects: subjects, predicate: predicate)
        let envelope = try Envelope(payload: ServingJSON.encode(statement), key: key)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ServingError.cannotWrite(path: folder.path, reason: error.localizedDescription)
        }
        let envelopeName = String(BundleFiles.envelope.dropFirst(BundleFiles.signature.count + 1))
        let keyName = String(BundleFiles.publicKey.dropFirst(BundleFiles.signature.count + 1))
        try AtomicFile.write(ServingJSON.encode(envelope), to: folder.appending(path: envelopeName))
        try AtomicFile.write(Data(key.publicKey.pem.utf8), to: folder.appending(path: keyName))
    }
}
