import LabNumerics
import LabStatistics
import Testing

/// Against confseq 0.0.11 (see `Fixtures/make_confidence_sequences.py`).
@Suite struct ConfidenceSequenceTests {
    struct Table: Decodable {
        let boundaries: [[Double]]
        let bernoulli: [[Double]]
        let sequences: [String: [[Double]]]
    }

    /// Whether each of splitmix64's doubles of seed 42 is below 0.1.
    static let stream: [Double] = (1...5_000).map { index in
        var z = 42 &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) * 0x1p-53 < 0.1 ? 1 : 0
    }

    @Test func boundaries() throws {
        let rows = try fixture("confidence_sequences.json", as: Table.self).boundaries
        #expect(rows.count == 30 && Self.stream.reduce(0, +) == 493)
        for row in rows {
            let (v, alpha, best) = (row[0], row[1], row[2])
            let found: [any UniformBoundary] = [
                NormalMixture(tightestAt: best, alpha: alpha),
                NormalMixture(tightestAt: best, alpha: alpha, isTwoSided: false),
                GammaExponentialMixture(tightestAt: best, scale: 1, alpha: alpha),
                GammaPoissonMixture(tightestAt: best, scale: 1, alpha: alpha),
                BetaBinomialMixture(tightestAt: best, g: 0.25, h: 1, alpha: alpha),
                PolynomialStitching(smallestVariance: max(1, best / 100)),
            ]
            for (boundary, wanted) in zip(found, row[3...]) {
                let bound = boundary.bound(variance: v, alpha: alpha)
                #expect(abs(bound / wanted - 1) < 1e-9, "\(boundary) at \(v), \(alpha): \(bound), not \(wanted)")
            }
        }
    }

    @Test func bernoulli() throws {
        for row in try fixture("confidence_sequences.json", as: Table.self).bernoulli {
            let found = BernoulliSequence.interval(
                successes: row[1] * row[0], trials: row[0], tightestAt: 1_000, level: 0.95)
            #expect(abs(found.lower - row[2]) < 1e-9 && abs(found.upper - row[3]) < 1e-9, "\(row): \(found)")
        }
    }

    /// Predictable mixtures to 1e-12; betting on a grid of 0.001, whose ends are whole steps.
    @Test func sequences() throws {
        let table: Table = try fixture("confidence_sequences.json")
        var found: [String: any ConfidenceSequence] = [
            "predmix_hoeffding": HoeffdingSequence(), "predmix_empbern": EmpiricalBernsteinSequence(),
            "betting_cs_1000": try BettingSequence(intersects: false), "hedged_cs_1000": try BettingSequence(),
        ]
        for (place, value) in Self.stream.enumerated() {
            for name in table.sequences.keys.sorted() {
                guard let rows = table.sequences[name], place < Int(rows.last?[0] ?? 0) else { continue }
                try found[name]?.observe(value)
                guard let row = rows.first(where: { Int($0[0]) == place + 1 }) else { continue }
                let interval = try #require(found[name]).interval
                let what: Comment = "\(name) at \(place + 1): \(interval)"
                #expect(abs(interval.lower - row[1]) < 1e-12 && abs(interval.upper - row[2]) < 1e-12, what)
            }
        }
        #expect(found.values.allSatisfy { $0.count >= 1_000 })
    }

    /// How often a sequence of 300 looks misses the mean even once, of 200 streams; 5 % are allowed.
    @Test(arguments: ["bernoulli", "hoeffding", "bernstein", "betting", "gaussian"]) func timeUniformCoverage(
        name: String
    ) throws {
        let root = RandomStream(seed: 8, name: "coverage")
        var missed = 0
        for trial in 0..<200 {
            var stream = root.child(trial)
            var sequence: any ConfidenceSequence =
                switch name {
                case "bernoulli": BernoulliSequence(tightestAt: 100)
                case "hoeffding": HoeffdingSequence()
                case "bernstein": EmpiricalBernsteinSequence()
                case "betting": try BettingSequence(steps: 50)
                default: SubGaussianSequence(variance: 0.25, tightestAt: 100)
                }
            var misses = false
            for look in 0..<300 {
                let interval = try sequence.observe(stream.nextBool(probability: 0.3) ? 1 : 0)
                // A fixed interval of Wilson's would miss far more often under so many looks.
                if look % (name == "bernoulli" ? 10 : 1) == 0, !interval.contains(0.3) { misses = true }
            }
            missed += misses ? 1 : 0
            #expect(sequence.interval.width < 0.4 && sequence.count == 300)
        }
        #expect(Double(missed) / 200 <= 0.05 + 4 * (0.05 * 0.95 / 200).squareRoot(), "\(name): \(missed)")
    }

    @Test func badObservationsAreRefused() throws {
        var bernoulli = BernoulliSequence(tightestAt: 10)
        #expect(throws: StatisticsError.self) { try bernoulli.observe(0.5) }
        var betting = try BettingSequence()
        #expect(throws: StatisticsError.self) { try betting.observe(1.1) }
        #expect(throws: StatisticsError.self) { try betting.observe(.nan) }
        #expect(bernoulli.count == 0 && betting.count == 0 && betting.interval.width == 1)
        #expect(throws: StatisticsError.self) { try BettingSequence(level: 1) }
    }
}
