import Synchronization

/// A library that computes matrix products.
public enum GEMMKind: String, Codable, Sendable, CaseIterable {
    case openBLAS = "openblas"
    /// In builds with the trait `OneDNN` only.
    case oneDNN = "onednn"

    /// The library's own name.
    public var name: String {
        switch self {
        case .openBLAS: "OpenBLAS"
        case .oneDNN: "oneDNN"
        }
    }

    /// Whether this build holds it.
    public var isAvailable: Bool {
        switch self {
        case .openBLAS: true
        case .oneDNN: oneDNNIsBuilt
        }
    }

    /// The kind of a name as `--gemm`, `LAB_GEMM` or a numeric profile gives it, such as `onednn` or `oneDNN 2.6.3`.
    ///
    /// - Throws: `NumericsError.invalidSetting`.
    public init(named text: String) throws {
        let word = text.split(separator: " ").first.map { $0.lowercased() } ?? ""
        guard let kind = GEMMKind(rawValue: word) else {
            throw NumericsError.invalidSetting(
                name: "the library for matrix products", value: "'\(text)'",
                allowed: GEMMKind.allCases.map(\.rawValue).joined(separator: " or "))
        }
        self = kind
    }

    #if OneDNN
        private var oneDNNIsBuilt: Bool { true }
    #else
        private var oneDNNIsBuilt: Bool { false }
    #endif
}

/// Which library computes the matrix products of this process: OpenBLAS unless another is chosen.
///
/// The choice changes the last bits of results, so it is made once, before anything is computed, and every run records it in
/// its `NumericProfile`.
public enum GEMM {
    private static let chosen = Atomic<Bool>(false)

    /// The library in use.
    public static var kind: GEMMKind { chosen.load(ordering: .relaxed) ? .oneDNN : .openBLAS }

    /// What multiplies in this process from now on.
    public static var current: any MatrixMultiplier {
        #if OneDNN
            if kind == .oneDNN { return OneDNNMultiplier() }
        #endif
        return OpenBLASMultiplier()
    }

    /// Chooses the library of all later products of the process.
    ///
    /// - Throws: `NumericsError.gemmUnavailable` where this build is without it.
    public static func select(_ kind: GEMMKind) throws {
        guard kind.isAvailable else { throw NumericsError.gemmUnavailable(name: kind.name, trait: "OneDNN") }
        chosen.store(kind == .oneDNN, ordering: .relaxed)
    }

    /// Chooses what `LAB_GEMM` names, and leaves the choice alone where it is unset or empty.
    ///
    /// - Throws: `NumericsError.invalidSetting` or `.gemmUnavailable`.
    public static func select(from environment: [String: String]) throws {
        guard let name = environment["LAB_GEMM"], !name.isEmpty else { return }
        try select(GEMMKind(named: name))
    }
}
