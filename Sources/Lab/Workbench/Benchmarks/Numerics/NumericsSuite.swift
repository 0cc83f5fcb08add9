import Foundation
import LabNumerics
public import LabRuns

/// Kernels, products, networks, random draws and resampling beside C, PyTorch and NumPy, one thread each.
public struct NumericsSuite: BenchmarkSuite {
    public static let name = "numerics"
    public static let summary =
        "kernels, products, networks and resampling beside C, PyTorch and NumPy, one thread each"

    public init() {}

    public func rows(_ options: BenchmarkOptions) async throws -> [BenchmarkRow] {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "lab-bench-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: folder) }
        let rival = options.peers ? CompiledPeer(Self.kernelsInC, in: folder) : nil
        let contests =
            Self.products + Self.kernels(beside: rival) + Self.layers + Self.networks + Self.draws
        var rows: [BenchmarkRow] = []
        for contest in contests where options.wants(contest.name) {
            rows.append(try await contest.row(options, rounds: options.quick ? 1 : 9))
        }
        return rows
    }

    static func normalMatrix(rows: Int, columns: Int) -> Matrix {
        var stream = RandomStream(seed: 1, name: "benchmark")
        var matrix = Matrix(rows: rows, columns: columns)
        stream.fillNormal(&matrix.elements)
        return matrix
    }
}

/// Memory of a benchmark, filled with draws of a unit normal.
final class Field {
    let start: UnsafeMutablePointer<Float>
    let count: Int

    init(_ count: Int) {
        self.count = count
        // On cache lines, as the tape's memory is.
        start = UnsafeMutableRawPointer.allocate(byteCount: max(64, count * 4), alignment: 64)
            .bindMemory(to: Float.self, capacity: count)
        start.initialize(repeating: 0, count: count)
        var stream = RandomStream(seed: 1, name: "benchmark")
        var draws = [Float](repeating: 0, count: count)
        stream.fillNormal(&draws)
        for index in 0..<count { start[index] = draws[index] }
    }

    deinit { UnsafeMutableRawPointer(start).deallocate() }
}
