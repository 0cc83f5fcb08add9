import LabDomain
public import LabSimulation

extension LearningFrame {
    /// Mean 0 and deviation 1 over the observations at the decisions of a log file, of which one piece is in memory at a
    /// time.
    ///
    /// Sums of pieces are merged in Double. Source: Chan, Golub and LeVeque, "Algorithms for computing the sample variance",
    /// The American Statistician 37 (1983), equation 2.1.
    ///
    /// - Parameter willRead: called before each piece with the share that is read; throw from it to stop.
    ///
    /// Throws what reading throws.
    public init(
        _ reader: JourneyLogReader, _ pieces: JourneyPieces, rewardScale: Double,
        willRead: (_ share: Double) throws -> Void = { _ in }
    ) throws {
        var moments = FeatureMoments(width: reader.schema.features.count)
        for piece in pieces.ranges.indices {
            try willRead(Double(piece) / Double(pieces.ranges.count))
            moments.add(try pieces.read(CollectionOfOne(piece), from: reader))
        }
        self.init(
            schema: reader.schema, actionCount: reader.actionCount, mean: moments.means.map { Float($0) },
            deviation: moments.squares.map {
                Float(max($0 / Double(max(moments.count, 1)), 0).squareRoot() + 1e-6)
            },
            rewardScale: Float(rewardScale))
    }
}

/// Means and sums of squared deviations of each feature over rows seen so far.
private struct FeatureMoments {
    var count = 0
    var means: [Double]
    var squares: [Double]

    init(width: Int) {
        means = Array(repeating: 0, count: width)
        squares = means
    }

    mutating func add(_ log: JourneyLog) {
        let width = means.count
        let added = log.decisionCount
        guard added > 0, width > 0 else { return }
        let values = log.decisionObservations
        var (sums, deviations) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
        for start in stride(from: 0, to: values.count, by: width) {
            for feature in 0..<width { sums[feature] += Double(values[start + feature]) }
        }
        let own = sums.map { $0 / Double(added) }
        for start in stride(from: 0, to: values.count, by: width) {
            for feature in 0..<width {
                let difference = Double(values[start + feature]) - own[feature]
                deviations[feature] += difference * difference
            }
        }
        let total = Double(count + added)
        for feature in 0..<width {
            let difference = own[feature] - means[feature]
            squares[feature] += deviations[feature] + difference * difference * Double(count) * Double(added) / total
            means[feature] += difference * Double(added) / total
        }
        count += added
    }
}
