import Foundation
import LabDomain
import Testing

@testable import LabNumerics

@Suite struct ProcessorTests {
    static let haswell: Set<String> = ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "sse4_2"]

    @Test func anOldProcessorIsRefusedByName() throws {
        try CPU.requireAVX2(Self.haswell)
        try CPU.requireAVX2()
        do {
            try CPU.requireAVX2(Self.haswell.subtracting(["avx2", "fma"]))
            Issue.record("an old processor passed")
        } catch let error as NumericsError {
            #expect(error == .unsupportedProcessor(missing: ["avx2", "fma"]))
            #expect(error.status == .unavailable)
        }
    }

    @Test func levels() {
        #expect(CPU.level(["sse4_2"]) == "below x86-64-v3")
        #expect(CPU.level(Self.haswell) == "x86-64-v3")
        #expect(
            CPU.level(Self.haswell.union(["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"])) == "x86-64-v4")
        #expect(CPU.features(of: "model name\t: X\nflags\t\t: fpu avx2 fma\n") == ["fpu", "avx2", "fma"])
    }

    @Test func theProfileNamesWhatDecidesTheBits() throws {
        let profile = NumericProfile.current()
        #expect(profile == .current())
        #expect(profile.blas.hasPrefix("OpenBLAS 0.") && !profile.blasCore.isEmpty && profile.threads == 1)
        #expect(profile.libc.hasPrefix("glibc 2."))
        let decoded = try JSONDecoder().decode(NumericProfile.self, from: JSONEncoder().encode(profile))
        #expect(decoded == profile)
    }
}
