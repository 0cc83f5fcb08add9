import Foundation
import LabNumerics
import LabRuns
import Testing

@testable import LabWorkbench

@Suite("The doctor")
struct DoctorTests {
    @Test("On a machine that runs these tests nothing is at fault, and every library tells its version")
    func healthy() {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-doctor-\(UUID().uuidString)")
        let report = Doctor(workspace: Workspace(folder), home: folder.appending(path: "home")).examine()
        #expect(report.checks.filter { $0.verdict == .fault } == [])
        #expect(report.isHealthy)
        #expect(report.checks.map(\.name).prefix(5) == ["processor", "blas", "onednn", "hdf5", "sqlite"])
        for name in ["hdf5", "sqlite"] {
            #expect(report.checks.first { $0.name == name }?.finding.contains(/\d+\.\d+\.\d+/) ?? false)
        }
    }

    /// Right but for one element of large products, as faulty kernels are.
    struct Faulty: MatrixMultiplier {
        let name = "faulty"
        func gemm(
            transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafeBufferPointer<Float>,
            b: UnsafeBufferPointer<Float>, beta: Float, c: UnsafeMutableBufferPointer<Float>
        ) {
            ReferenceMultiplier().gemm(
                transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a, b: b,
                beta: beta, c: c)
            if m > 64 { c[m * n - 1] += 0.01 }
        }
    }

    @Test("A product that is wrong in one element is a fault with a remedy")
    func wrongProduct() {
        let check = NumericChecks.blas(Faulty())
        #expect(check.verdict == .fault)
        #expect(check.remedy?.contains("OPENBLAS_CORETYPE") ?? false)
        #expect(NumericChecks.blas(ReferenceMultiplier()).verdict == .ok)
    }

    @Test("Keys that others can read are a fault")
    func exposedKeys() throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "lab-home-\(UUID().uuidString)")
        let keys = home.appending(path: "keys")
        defer { try? FileManager.default.removeItem(at: home) }
        #expect(HomeCheck.home(home).verdict == .ok)
        try FileManager.default.createDirectory(
            at: keys, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let key = keys.appending(path: "local.key")
        _ = FileManager.default.createFile(
            atPath: key.path, contents: Data(), attributes: [.posixPermissions: 0o600])
        #expect(HomeCheck.home(home).verdict == .ok)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key.path)
        let check = HomeCheck.home(home)
        #expect(check.verdict == .fault && check.finding.contains(key.path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: home.path)
        #expect(HomeCheck.home(home).remedy == "chmod o-w \(home.path)")
    }

    @Test("Without python the doctor warns")
    func noPython() {
        #expect(PythonCheck.pip(["PATH": "/nowhere"]).verdict == .warning)
    }
}
