public import LabNumerics

extension ClassificationMeasure {
    /// The figure with a bootstrap interval over the observations.
    ///
    /// - Parameter method: `.bca` costs one figure more for each cell of the confusion matrix that is not empty: leaving out
    ///   any observation of a cell gives the same figure.
    /// - Throws: `StatisticsError.lengthsDiffer`, `StatisticsError.outOfRange`.
    public func estimate(
        truth: [Int], predicted: [Int], classCount: Int, method: BootstrapMethod = .percentile, resamples: Int = 2_000,
        level: Double = 0.95, stream: RandomStream
    ) throws -> Estimate {
        try StatisticsError.check(level: level)
        let cells = try Self.cells(truth: truth, predicted: predicted, classCount: classCount)
        return estimate(
            cells, [cells], method: method, resamples: resamples, level: level, stream: stream, classCount
        ) { $0[0] }
    }

    /// The figure of the second predictions − the first ones', with an interval over the same resamples of both.
    ///
    /// - Throws: as `estimate`.
    public func difference(
        truth: [Int], first: [Int], second: [Int], classCount: Int, method: BootstrapMethod = .percentile,
        resamples: Int = 2_000, level: Double = 0.95, stream: RandomStream
    ) throws -> Estimate {
        try StatisticsError.check(level: level)
        let one = try Self.cells(truth: truth, predicted: first, classCount: classCount)
        let other = try Self.cells(truth: truth, predicted: second, classCount: classCount)
        let size = classCount * classCount
        return estimate(
            zip(one, other).map { $0 * size + $1 }, [one, other], method: method, resamples: resamples, level: level,
            stream: stream, classCount
        ) { $0[1] - $0[0] }
    }

    /// - Parameters:
    ///   - kinds: observations with the same kind change all figures alike.
    ///   - cells: of each set of predictions the cell of each observation.
    private func estimate(
        _ kinds: [Int], _ cells: [[Int]], method: BootstrapMethod, resamples: Int, level: Double, stream: RandomStream,
        _ classes: Int, combine: ([Double]) -> Double
    ) -> Estimate {
        let count = kinds.count
        let totals = cells.map { Self.counts($0, classes) }
        let value = combine(totals.map { self.value(confusion: $0, classCount: classes) })
        guard count > 0 else { return Bootstrap.estimate(value, [], level: level, count: 0) }
        // Of each observation all its cells lie together, so that one draw touches one place of memory.
        let sets = cells.count
        let size = classes * classes
        let places = kinds.indices.flatMap { index in (0..<sets).map { $0 * size + cells[$0][index] } }
        var counts = [Int](repeating: 0, count: sets * size)
        var draws = [Int](repeating: 0, count: count)
        let figures = (0..<resamples).map { resample in
            var source = IndexDraws(stream.child(resample), below: count)
            source.fill(&draws)
            return counts.withUnsafeMutableBufferPointer { counts in
                counts.update(repeating: 0)
                for draw in draws {
                    for set in 0..<sets { counts[places[draw * sets + set]] += 1 }
                }
                return combine(
                    (0..<sets).map { set in
                        self.value(UnsafeBufferPointer(rebasing: counts[set * size..<(set + 1) * size]), classes)
                    })
            }
        }
        guard method == .bca else { return Bootstrap.estimate(value, figures, level: level, count: count) }
        var known: [Int: Double] = [:]
        let jackknife = kinds.indices.map { index in
            if let figure = known[kinds[index]] { return figure }
            let figure = combine(
                (0..<sets).map { set in
                    var left = totals[set]
                    left[cells[set][index]] -= 1
                    return self.value(confusion: left, classCount: classes)
                })
            known[kinds[index]] = figure
            return figure
        }
        return Bootstrap.biasCorrected(
            value, figures, acceleration: Bootstrap.acceleration(jackknife: [jackknife]), level: level, count: count)
    }
}
