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
    var isMeasuredByClock = false
    let variants: [String]
    let seeds: [UInt64]
    /// [variant][seed]; not a number and infinities are kept.
    let values: [[Double]]

    /// The figures that every variant has, in the order of the first cell, and the names of those that only some variants have.
    ///
    /// - Throws: `RunsError.studySchema` where the runs of one variant differ in their figures, where a figure has another unit
    ///   or direction, and where a variant lacks the first figure.
    static func samples(of cells: [Cell], variants: [String]) throws -> (common: [StudySample], others: [String]) {
        guard let first = cells.first else { return ([], []) }
        for (place, name) in variants.enumerated() {
            let own = cells.filter { $0.variant == place }.map(\.run)
            guard let one = own.first else { continue }
            for run in own.dropFirst() { try check(run, as: one, variant: name) }
            try check(one, first.run, variant: name)
        }
        var seeds: [UInt64] = []
        for cell in cells where !seeds.contains(cell.seed) { seeds.append(cell.seed) }
        var samples: [StudySample] = []
        var others: [String] = []
        for figure in cells.flatMap(\.run.evaluation.figures) where !others.contains(figure.name) {
            guard !samples.contains(where: { $0.name == figure.name }) else { continue }
            var values = variants.map { _ in [Double](repeating: .nan, count: seeds.count) }
            let found = cells.compactMap { cell in cell.run.evaluation.figure(figure.name).map { (cell, $0.value) } }
            guard found.count == cells.count else {
                others.append(figure.name)
                continue
            }
            for (cell, value) in found {
                if let place = seeds.firstIndex(of: cell.seed) { values[cell.variant][place] = value }
            }
            samples.append(
                StudySample(
                    name: figure.name, unit: figure.unit, better: figure.better,
                    isMeasuredByClock: figure.source == .clock, variants: variants, seeds: seeds, values: values))
        }
        return (samples, others)
    }

    /// Two runs of one variant have the same figures.
    private static func check(_ run: SealedRun, as one: SealedRun, variant: String) throws {
        let (expected, found) = (one.evaluation.figures, run.evaluation.figures)
        for figure in expected where run.evaluation.figure(figure.name) == nil {
            throw fault(run, variant, figure.name, "it is missing there, and '\(one.reference)' has it")
        }
        if let extra = found.first(where: { one.evaluation.figure($0.name) == nil }) {
            throw fault(run, variant, extra.name, "it is not in '\(one.reference)', which has the same settings")
        }
    }

    /// What two variants both have means the same in both, and the first figure is in both.
    private static func check(_ run: SealedRun, _ first: SealedRun, variant: String) throws {
        for (place, figure) in first.evaluation.figures.enumerated() {
            guard let now = run.evaluation.figure(figure.name) else {
                guard place > 0 else { throw fault(run, variant, figure.name, "it is missing there") }
                continue
            }
            guard now.unit == figure.unit else {
                throw fault(
                    run, variant, figure.name,
                    "its unit is \(now.unit ?? "none") there and \(figure.unit ?? "none") in the first run")
            }
            guard now.better == figure.better else {
                throw fault(
                    run, variant, figure.name,
                    "better is \(now.better?.rawValue ?? "not said") there and "
                        + "\(figure.better?.rawValue ?? "not said") in the first run")
            }
        }
    }

    private static func fault(_ run: SealedRun, _ variant: String, _ figure: String, _ problem: String) -> RunsError {
        .studySchema(variant: variant, run: run.reference, figure: figure, problem: problem)
    }
}
