import LabDomain
import LabNumerics

/// Whether the processor and the matrix product do what training relies on.
enum NumericChecks {
    /// Shapes (m, n, k) that use a kernel's main loop and its edges.
    static let shapes = [(1, 1, 1), (3, 5, 7), (17, 33, 65), (64, 64, 64), (129, 127, 255), (256, 12, 64)]
    /// The largest error that rounding in another order explains, relative to the sum of the terms' magnitudes.
    static let tolerance: Float = 2e-6

    static func processor() -> DoctorCheck {
        do {
            try CPU.requireAVX2()
            return DoctorCheck("processor", .ok, CPU.level)
        } catch {
            let error = error as? any ReportableError
            return DoctorCheck(
                "processor", .fault, error?.what ?? "cannot be read",
                remedy: error?.remedy ?? "use a processor with AVX2")
        }
    }

    static func blas(_ multiplier: any MatrixMultiplier = OpenBLASMultiplier()) -> DoctorCheck {
        let profile = NumericProfile.current()
        return products(
            "blas", multiplier, "\(profile.blas), kernels \(profile.blasCore), \(profile.threads) thread(s)",
            remedy: "set OPENBLAS_CORETYPE to an older processor such as Haswell, or update libopenblas")
    }

    /// The second library for products, where this build holds it.
    static func oneDNN() -> DoctorCheck {
        #if OneDNN
            products(
                "onednn", OneDNNMultiplier(), OneDNNMultiplier.version + (GEMM.kind == .oneDNN ? ", in use" : ""),
                remedy: "set ONEDNN_MAX_CPU_ISA=AVX2, or leave out --gemm and LAB_GEMM to use OpenBLAS")
        #else
            DoctorCheck("onednn", .ok, "not in this build; 'make build TRAITS=OneDNN' adds it")
        #endif
    }

    /// Compares a library's products with a plain loop: old builds compute wrongly on some new processors.
    private static func products(
        _ check: String, _ multiplier: any MatrixMultiplier, _ name: String, remedy: String
    ) -> DoctorCheck {
        for (index, (m, n, k)) in shapes.enumerated() {
            var stream = RandomStream(seed: 1, name: "doctor/blas").child(index)
            var left = Matrix(rows: m, columns: k)
            var right = Matrix(rows: k, columns: n)
            stream.fillNormal(&left.elements)
            stream.fillNormal(&right.elements)
            let found = multiplier.product(left, right)
            let expected = ReferenceMultiplier().product(left, right)
            let scale = ReferenceMultiplier().product(magnitudes(left), magnitudes(right))
            for element in found.elements.indices {
                let error = abs(found.elements[element] - expected.elements[element]) / scale.elements[element]
                // A NaN is never smaller.
                guard error <= tolerance else {
                    return DoctorCheck(
                        check, .fault, "\(name): a product of \(m)×\(k) by \(k)×\(n) is wrong by \(error)",
                        remedy: remedy)
                }
            }
        }
        return DoctorCheck(check, .ok, "\(name): \(shapes.count) products agree with a plain loop")
    }

    private static func magnitudes(_ matrix: Matrix) -> Matrix {
        Matrix(rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { abs($0) })
    }
}
