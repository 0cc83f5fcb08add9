public import LabDomain

/// What can go wrong in `LabNumerics`.
public enum NumericsError: ReportableError, Equatable {
    /// The processor lacks instructions that the compiled kernels use.
    case unsupportedProcessor(missing: [String])
    /// A safetensors file breaks the format; `place` is the file or "bytes in memory".
    case malformedSafetensors(place: String, reason: String)
    /// A tensor is absent from a file.
    case missingTensor(name: String, place: String)
    /// A tensor has another shape or element type than its reader needs.
    case unexpectedTensor(name: String, expected: String, found: String)
    /// A file could not be opened, mapped or written.
    case fileUnavailable(path: String, reason: String, isMissing: Bool)
    /// A setting of a network or optimiser has no meaning.
    case invalidSetting(name: String, value: String, allowed: String)
    /// A library for matrix products was asked for that this build does not hold.
    case gemmUnavailable(name: String, trait: String)
    /// A matrix has no inverse.
    case singularMatrix(what: String)
    /// A matrix has no Cholesky factor: its leading minor of this order is not positive.
    case notPositiveDefinite(minor: Int)
    /// A matrix has a shape or an element that an algorithm cannot take.
    case unusableMatrix(reason: String)
    /// An iteration of LAPACK did not come to an end.
    case notConverged(what: String)
    /// A file holds no training state that this version and this trainer can go on from.
    case unusableState(place: String, reason: String)

    public var what: String {
        switch self {
        case .unsupportedProcessor(let missing):
            "this processor lacks \(missing.joined(separator: ", ")), which Lab's kernels are compiled for"
        case .malformedSafetensors(let place, let reason):
            "\(place) is not a valid safetensors file: \(reason)"
        case .missingTensor(let name, let place):
            "\(place) has no tensor named \(name)"
        case .unexpectedTensor(let name, let expected, let found):
            "tensor \(name) is \(found), but \(expected) is needed"
        case .fileUnavailable(let path, let reason, _):
            "\(path): \(reason)"
        case .invalidSetting(let name, let value, let allowed):
            "\(name) is \(value), but must be \(allowed)"
        case .gemmUnavailable(let name, _):
            "matrix products on \(name) were asked for, but this build is without \(name)"
        case .singularMatrix(let what): "\(what) is singular"
        case .notPositiveDefinite(let minor):
            "the matrix is not positive definite: its leading minor of order \(minor) is not positive"
        case .unusableMatrix(let reason): "the matrix cannot be used: \(reason)"
        case .notConverged(let what): "\(what) did not converge"
        case .unusableState(let place, let reason):
            "training cannot go on from \(place): \(reason)"
        }
    }

    public var remedy: String {
        switch self {
        case .unsupportedProcessor:
            "run on an x86-64 processor with AVX2 and FMA (2013 and later), or one emulated with these features"
        case .malformedSafetensors:
            "write the file anew or fetch it again; compare its SHA-256 with the one that was recorded"
        case .missingTensor, .unexpectedTensor:
            "use the file of a model with the same layers, or retrain"
        case .fileUnavailable:
            "check that the path exists, that it may be read or written, and that the disk has room"
        case .invalidSetting:
            "correct the setting in the configuration"
        case .gemmUnavailable(_, let trait):
            "build with 'make build TRAITS=\(trait)', or leave out --gemm and LAB_GEMM to use OpenBLAS"
        case .singularMatrix:
            "leave out what depends on the rest, or add a ridge penalty"
        case .notPositiveDefinite:
            "check that the matrix is symmetric and a covariance, or add a small multiple of the identity"
        case .unusableMatrix:
            "correct its shape, and find out where elements that are not finite come from"
        case .notConverged:
            "scale the matrix, whose elements are nearly out of range"
        case .unusableState:
            "go on with the version and the settings that wrote it, or train from the beginning"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .unsupportedProcessor, .gemmUnavailable: .unavailable
        case .malformedSafetensors, .missingTensor, .unexpectedTensor, .unusableState, .singularMatrix,
            .notPositiveDefinite, .unusableMatrix, .notConverged:
            .badData
        case .fileUnavailable(_, _, let isMissing): isMissing ? .noInput : .inputOutput
        case .invalidSetting: .usage
        }
    }
}
