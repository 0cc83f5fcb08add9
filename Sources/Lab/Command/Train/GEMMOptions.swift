import ArgumentParser
import Foundation
import LabNumerics

/// The option that chooses the library of the process's matrix products.
struct GEMMOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The library for matrix products: openblas or, in builds with the trait OneDNN, onednn. (default: LAB_GEMM, else openblas)",
            valueName: "library"),
        completion: .list(GEMMKind.allCases.map(\.rawValue)))
    var gemm: String?

    /// Chooses the library; nothing where the option is not given.
    ///
    /// - Throws: `NumericsError.invalidSetting` or `.gemmUnavailable`.
    func apply() throws {
        guard let gemm else { return }
        try GEMM.select(GEMMKind(named: gemm))
    }

    /// Chooses what a run was made on, unless the option says otherwise.
    ///
    /// - Returns: a remark where this build is without it.
    func apply(recorded profile: NumericProfile?) throws -> String? {
        guard gemm == nil, let profile, let kind = try? GEMMKind(named: profile.gemm) else {
            try apply()
            return nil
        }
        guard kind.isAvailable else {
            let remedy = NumericsError.gemmUnavailable(name: kind.name, trait: "OneDNN").remedy
            return "made on \(profile.gemm), which this build is without: \(remedy)"
        }
        try GEMM.select(kind)
        return nil
    }
}
