import Foundation
import LabDomain
import LabNumerics
import Testing

@Suite("The choice of a library for matrix products") struct GEMMTests {
    @Test("OpenBLAS unless another is chosen")
    func standard() throws {
        #expect(GEMM.kind == .openBLAS && GEMM.current.name == "OpenBLAS")
        try GEMM.select(from: [:])
        try GEMM.select(from: ["LAB_GEMM": ""])
        #expect(NumericProfile.current().gemm == "OpenBLAS")
    }

    @Test("Names are read as options and profiles write them")
    func names() throws {
        for name in ["openblas", "OpenBLAS", "OpenBLAS 0.3.21"] { #expect(try GEMMKind(named: name) == .openBLAS) }
        for name in ["onednn", "oneDNN 2.6.3 (avx2)"] { #expect(try GEMMKind(named: name) == .oneDNN) }
        for name in ["", "mkl"] {
            #expect(throws: NumericsError.self) { try GEMMKind(named: name) }
            if !name.isEmpty { #expect(throws: NumericsError.self) { try GEMM.select(from: ["LAB_GEMM": name]) } }
        }
    }

    @Test("A record from before there was a choice is of OpenBLAS")
    func oldRecords() throws {
        let old = """
            {"processorLevel": "x86-64-v4", "blas": "OpenBLAS 0.3.21", "blasCore": "Cooperlake", "threads": 1,
             "libc": "glibc 2.36", "swift": "6.3"}
            """
        let profile = try JSONDecoder().decode(NumericProfile.self, from: Data(old.utf8))
        #expect(profile.gemm == "OpenBLAS")
        let again = try JSONDecoder().decode(NumericProfile.self, from: JSONEncoder().encode(profile))
        #expect(again == profile)
    }

    #if OneDNN
        /// In a process of its own: the choice would reach the other tests.
        @Test("oneDNN can be chosen, and the profile says so")
        func oneDNN() async throws {
            await #expect(processExitsWith: .success) {
                try GEMM.select(from: ["LAB_GEMM": "onednn"])
                #expect(GEMM.kind == .oneDNN && GEMM.current.name == "oneDNN" && Tape().multiplier.name == "oneDNN")
                let profile = NumericProfile.current()
                #expect(profile.gemm.hasPrefix("oneDNN 2.") && "\(profile)".contains("products on oneDNN 2."))
                #expect(try GEMMKind(named: profile.gemm) == .oneDNN)
                let decoded = try JSONDecoder().decode(NumericProfile.self, from: JSONEncoder().encode(profile))
                #expect(decoded == profile)
            }
        }
    #else
        @Test("A build without the trait refuses oneDNN and says how to get it")
        func refused() throws {
            #expect(!GEMMKind.oneDNN.isAvailable)
            let error = #expect(throws: NumericsError.self) { try GEMM.select(.oneDNN) }
            #expect(error == .gemmUnavailable(name: "oneDNN", trait: "OneDNN"))
            #expect(error?.remedy.contains("make build TRAITS=OneDNN") == true && error?.status == .unavailable)
            #expect(GEMM.kind == .openBLAS)
        }
    #endif
}
