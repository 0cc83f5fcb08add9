#if OneDNN
    import COneDNN

    /// `dnnl_sgemm` of the system's oneDNN, on as many threads as `BLASThreads` says.
    public struct OneDNNMultiplier: MatrixMultiplier {
        public var name: String { "oneDNN" }

        public init() {}

        public func gemm(
            transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafeBufferPointer<Float>,
            b: UnsafeBufferPointer<Float>, beta: Float, c: UnsafeMutableBufferPointer<Float>
        ) {
            precondition(m >= 0 && n >= 0 && k >= 0, "a matrix has no negative side")
            precondition(
                a.count >= m * k && b.count >= k * n && c.count >= m * n, "a buffer is smaller than its matrix")
            if m == 0 || n == 0 { return }
            var status = dnnl_invalid_arguments
            if k > 0 {
                Self.applyThreads()
                status = dnnl_sgemm(
                    Self.letter(transposeA), Self.letter(transposeB), dnnl_dim_t(m), dnnl_dim_t(n), dnnl_dim_t(k),
                    alpha,
                    a.baseAddress, dnnl_dim_t(transposeA ? m : k), b.baseAddress, dnnl_dim_t(transposeB ? k : n), beta,
                    c.baseAddress, dnnl_dim_t(n))
            }
            // An empty inner side, and what the library refuses for want of memory.
            if status != dnnl_success {
                ReferenceMultiplier().gemm(
                    transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a, b: b,
                    beta: beta, c: c)
            }
        }

        public func gemm(
            transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>,
            strideA: Int, b: UnsafePointer<Float>, strideB: Int, beta: Float, c: UnsafeMutablePointer<Float>,
            strideC: Int
        ) {
            if m == 0 || n == 0 { return }
            var status = dnnl_invalid_arguments
            if k > 0 {
                Self.applyThreads()
                status = dnnl_sgemm(
                    Self.letter(transposeA), Self.letter(transposeB), dnnl_dim_t(m), dnnl_dim_t(n), dnnl_dim_t(k),
                    alpha, a, dnnl_dim_t(strideA), b, dnnl_dim_t(strideB), beta, c, dnnl_dim_t(strideC))
            }
            if status != dnnl_success {
                ReferenceMultiplier().gemm(
                    transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a,
                    strideA: strideA, b: b, strideB: strideB, beta: beta, c: c, strideC: strideC)
            }
        }

        public func packed(_ weights: Matrix, transposed: Bool) -> any PackedMatrix {
            OneDNNPackedMatrix(weights, transposed: transposed)
                ?? PlainMatrix(weights, transposed: transposed, multiplier: self)
        }

        /// Such as `oneDNN 2.6.3 (avx512_core_vnni)`: the release and the instructions that it chose for this processor.
        public static var version: String {
            guard let version = dnnl_version()?.pointee else { return GEMMKind.oneDNN.name }
            let instructions = dnnl_get_effective_cpu_isa()
            let isa = dnnl_cpu_isa2str(instructions).map { String(cString: $0) } ?? "unknown"
            return "oneDNN \(version.major).\(version.minor).\(version.patch) (\(isa.replacing("cpu_isa_", with: "")))"
        }

        /// OpenMP keeps the number for each calling thread, so every product says it.
        static func applyThreads() { omp_set_num_threads(Int32(BLASThreads.count)) }

        // The letters of BLAS: N as it is, T transposed.
        private static func letter(_ transposed: Bool) -> CChar { transposed ? 0x54 : 0x4E }
    }
#endif
