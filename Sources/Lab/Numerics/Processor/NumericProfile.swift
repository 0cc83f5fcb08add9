import COpenBLAS

/// What decides the last bits of a result: equal profiles promise equal bits for equal code, data and seed.
public struct NumericProfile: Codable, Sendable, Hashable, CustomStringConvertible {
    /// The processor's x86-64 level; the C library picks its functions by it.
    public let processorLevel: String
    /// Such as `OpenBLAS 0.3.21`.
    public let blas: String
    /// The kernels that OpenBLAS chose for this processor, such as `SkylakeX`.
    public let blasCore: String
    /// Threads of one matrix product.
    public let threads: Int
    /// Such as `glibc 2.36`, whose logarithms and exponentials are used in statistics.
    public let libc: String
    /// The compiler's series, such as `6.3`.
    public let swift: String
    /// What computes matrix products: `OpenBLAS`, or such as `oneDNN 2.6.3 (avx512_core_vnni)`.
    public let gemm: String

    public init(
        processorLevel: String, blas: String, blasCore: String, threads: Int, libc: String, swift: String,
        gemm: String = GEMMKind.openBLAS.name
    ) {
        self.processorLevel = processorLevel
        self.blas = blas
        self.blasCore = blasCore
        self.threads = threads
        self.libc = libc
        self.swift = swift
        self.gemm = gemm
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            processorLevel: try fields.decode(String.self, forKey: .processorLevel),
            blas: try fields.decode(String.self, forKey: .blas),
            blasCore: try fields.decode(String.self, forKey: .blasCore),
            threads: try fields.decode(Int.self, forKey: .threads), libc: try fields.decode(String.self, forKey: .libc),
            swift: try fields.decode(String.self, forKey: .swift),
            // Records from before there was a choice are without it.
            gemm: try fields.decodeIfPresent(String.self, forKey: .gemm) ?? GEMMKind.openBLAS.name)
    }

    /// The profile of this process now.
    public static func current() -> NumericProfile {
        let configuration = text(openblas_get_config()).split(separator: " ")
        return NumericProfile(
            processorLevel: CPU.level, blas: configuration.prefix(2).joined(separator: " "),
            blasCore: text(openblas_get_corename()), threads: BLASThreads.count,
            libc: "glibc " + text(gnu_get_libc_version()), swift: compiler, gemm: multiplier)
    }

    private static var multiplier: String {
        #if OneDNN
            if GEMM.kind == .oneDNN { return OneDNNMultiplier.version }
        #endif
        return GEMM.kind.name
    }

    public var description: String {
        let products = gemm == GEMMKind.openBLAS.name ? "" : ", products on \(gemm)"
        return "\(processorLevel), \(blas) (\(blasCore))\(products), \(threads) thread\(threads == 1 ? "" : "s"), "
            + "\(libc), Swift \(swift)"
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? "unknown"
    }

    #if compiler(>=6.4)
        private static let compiler = "6.4 or later"
    #elseif compiler(>=6.3)
        private static let compiler = "6.3"
    #else
        private static let compiler = "6.2"
    #endif
}
