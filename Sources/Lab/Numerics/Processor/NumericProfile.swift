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

    public init(processorLevel: String, blas: String, blasCore: String, threads: Int, libc: String, swift: String) {
        self.processorLevel = processorLevel
        self.blas = blas
        self.blasCore = blasCore
        self.threads = threads
        self.libc = libc
        self.swift = swift
    }

    /// The profile of this process now.
    public static func current() -> NumericProfile {
        let configuration = text(openblas_get_config()).split(separator: " ")
        return NumericProfile(
            processorLevel: CPU.level, blas: configuration.prefix(2).joined(separator: " "),
            blasCore: text(openblas_get_corename()), threads: BLASThreads.count,
            libc: "glibc " + text(gnu_get_libc_version()), swift: compiler)
    }

    public var description: String {
        "\(processorLevel), \(blas) (\(blasCore)), \(threads) thread\(threads == 1 ? "" : "s"), \(libc), Swift \(swift)"
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
