import Foundation

/// One figure of all cells: by variant, then by seed.
struct StudySample: Sendable, Equatable {
    /// A sealed run with its place in the study.
    struct Cell: Sendable {
        let variant: Int
        let seed: UInt64
        let run: SealedRun
    }

    let name: String
    let unit: String?
    let better: Figure.Direction?
    let variants: [String]
    let seeds: [UInt64]
    /// [variant][seed]; not a number and infinities are kept.
    let values: [[Double]]

    /// The figures in the order of the first cell.
    ///
    /// - Throws: `RunsError.studySchema` where a cell has other figures, another unit or another direction.
    static func samples(of cells: [Cell], variants: [String]) throws -> [StudySample] {
        guard let first = cells.first else { return [] }
        let expected = first.run.evaluation.figures
        for cell in cells.dropFirst() { try check(cell, expected, variants) }
        var seeds: [UInt64] = []
        for cell in cells where !seeds.contains(cell.seed) { seeds.append(cell.seed) }
        return expected.map { figure in
            var values = variants.map { _ in [Double](repeating: .nan, count: seeds.count) }
            for cell in cells {
                guard let place = seeds.firstIndex(of: cell.seed) else { continue }
                values[cell.variant][place] = cell.run.evaluation.figure(figure.name)?.value ?? .nan
            }
            return StudySample(
                name: figure.name, unit: figure.unit, better: figure.better, variants: variants, seeds: seeds,
                values: values)
        }
    }

    private static func check(_ cell: Cell, _ expected: [Figure], _ variants: [String]) throws {
        let found = cell.run.evaluation.figures
        func fault(_ figure: String, _ problem: String) -> RunsError {
            .studySchema(
                variant: variants[cell.variant], run: cell.run.reference, figure: figure, problem: problem)
        }
        for figure in expected {
            guard let now = cell.run.evaluation.figure(figure.name) else {
                throw fault(figure.name, "it is missing there")
            }
            guard now.unit == figure.unit else {
                throw fault(
                    figure.name, "its unit is \(now.unit ?? "none") there and \(figure.unit ?? "none") in the first run"
                )
            }
            guard now.better == figure.better else {
                throw fault(
                    figure.name,
                    "better is \(now.better?.rawValue ?? "not said") there and "
                        + "\(figure.better?.rawValue ?? "not said") in the first run")
            }
        }
        if let extra = found.first(where: { figure in !expected.contains { $0.name == figure.name } }) {
            throw fault(extra.name, "only this run has it")
        }
    }
}
