import LabNumerics

/// Which places are drawn together when a sample is resampled.
///
/// A *unit* is what is drawn: one observation, or all observations of a cluster. Units are drawn with replacement
/// inside their stratum, as many as the stratum has.
public struct ResamplingPlan: Sendable, Hashable {
    /// strata → units → places in 0 ..< `count`
    let strata: [[[Int]]]
    /// Number of observations.
    public let count: Int

    /// Every observation is a unit of its own.
    public static func simple(count: Int) -> ResamplingPlan {
        ResamplingPlan(strata: [(0..<count).map { [$0] }], count: count)
    }

    /// Observations are drawn inside their stratum, so that each keeps its size.
    ///
    /// - Parameter strata: one number an observation; equal numbers are one stratum.
    public static func stratified(_ strata: [Int]) -> ResamplingPlan {
        ResamplingPlan(strata: groups(strata).map { $0.map { [$0] } }, count: strata.count)
    }

    /// Whole clusters are drawn, such as all sessions of one customer.
    ///
    /// - Parameter clusters: one number an observation; equal numbers are one cluster.
    public static func clustered(_ clusters: [Int]) -> ResamplingPlan {
        ResamplingPlan(strata: [groups(clusters)], count: clusters.count)
    }

    /// The places of equal numbers, in order of the numbers.
    private static func groups(_ numbers: [Int]) -> [[Int]] {
        Dictionary(grouping: numbers.indices) { numbers[$0] }.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Calls `body` with the places of each resample.
    func forEachResample(_ resamples: Int, stream: RandomStream, _ body: ([Int]) throws -> Void) rethrows {
        // The only stratum takes the stream itself.
        var draws = strata.enumerated().map { number, units in
            IndexDraws(number == 0 ? stream : stream.child(number), below: max(1, units.count))
        }
        var chosen = strata.map { [Int](repeating: 0, count: $0.count) }
        let isSimple = strata.count == 1 && strata[0].allSatisfy { $0.count == 1 }
        var places: [Int] = []
        places.reserveCapacity(count)
        for _ in 0..<resamples {
            for number in strata.indices { draws[number].fill(&chosen[number]) }
            if isSimple {
                try body(chosen[0])
                continue
            }
            places.removeAll(keepingCapacity: true)
            for (units, drawn) in zip(strata, chosen) {
                for unit in drawn { places.append(contentsOf: units[unit]) }
            }
            try body(places)
        }
    }

    /// The figure without each unit in turn, by stratum.
    func jackknife(_ statistic: ([Int]) throws -> Double) rethrows -> [[Double]] {
        try strata.indices.map { stratum in
            try strata[stratum].indices.map { unit in
                var places: [Int] = []
                places.reserveCapacity(count)
                for other in strata.indices {
                    for (number, members) in strata[other].enumerated() where other != stratum || number != unit {
                        places.append(contentsOf: members)
                    }
                }
                return try statistic(places)
            }
        }
    }
}
