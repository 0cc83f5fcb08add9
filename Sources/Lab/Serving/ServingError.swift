import LabDomain

/// What can go wrong with bundles, their signatures and decisions made from them.
public enum ServingError: ReportableError, Equatable {
    case noBundle(path: String)
    case cannotRead(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    case unsupportedFormat(path: String, found: Int, supported: Int)
    /// A file of a bundle that does not hold what it should.
    case malformed(file: String, problem: String)
    /// The bundle did not pass; each fault in one sentence.
    case notVerified(path: String, faults: [String])
    /// The bundle is sound, but may not go to production; each reason in one sentence.
    case refusedForProduction(bundle: String, reasons: [String])
    case badKey(path: String, problem: String)
    case policyDoesNotFit(problem: String)
    case wrongSchema(expected: String, found: String)
    case noSuchStage(stage: Int, count: Int)
    case badRollout(problem: String)
}

extension ServingError {
    public var what: String {
        switch self {
        case .noBundle(let path): "there is no bundle at \(path)"
        case .cannotRead(let path, let reason): "\(path) cannot be read: \(reason)"
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
        case .unsupportedFormat(let path, let found, let supported):
            "\(path) has format \(found); this program reads up to \(supported)"
        case .malformed(let file, let problem): "\(file): \(problem)"
        case .notVerified(let path, let faults): "\(path) is not what was signed: \(faults.joined(separator: "; "))"
        case .refusedForProduction(let bundle, let reasons):
            "bundle \(bundle) is refused for production: \(reasons.joined(separator: "; "))"
        case .badKey(let path, let problem): "\(path) is not a usable key: \(problem)"
        case .policyDoesNotFit(let problem): "the policy does not fit: \(problem)"
        case .wrongSchema(let expected, let found):
            "the state has the schema \(found.prefix(12)), the bundle's policy needs \(expected.prefix(12))"
        case .noSuchStage(let stage, let count): "there is no rollout stage \(stage); the bundle has \(count)"
        case .badRollout(let problem): "the rollout is not valid: \(problem)"
        }
    }

    public var remedy: String {
        switch self {
        case .noBundle: "name the folder that holds bundle.json, for example bundles/<id> in the workspace"
        case .cannotRead, .cannotWrite: "check that the folder exists, its permissions and the free space"
        case .unsupportedFormat: "use the version of labctl that wrote it, or a newer one"
        case .malformed, .notVerified: "do not use it; take the bundle from its source again"
        case .refusedForProduction: "settle each reason, run the gate again and make a new bundle"
        case .badKey: "give a PEM file with an Ed25519 public key, such as a bundle's signature/public-key.pem"
        case .policyDoesNotFit: "make the bundle again from a policy and a log of the same state schema"
        case .wrongSchema: "encode the state with the encoder whose schema stands in bundle.json"
        case .noSuchStage: "stages count from 0; rollout.json lists them"
        case .badRollout: "exposures must rise from stage to stage and lie in [0, 1]"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .noBundle: .noInput
        case .cannotRead: .inputOutput
        case .cannotWrite: .cannotCreate
        case .unsupportedFormat, .malformed, .notVerified, .badKey, .policyDoesNotFit, .wrongSchema, .badRollout:
            .badData
        case .refusedForProduction: .negative
        case .noSuchStage: .usage
        }
    }
}
