import Foundation
import LabNumerics
import LabStatistics
import Testing

/// What scikit-learn says of the same predictions.
private struct Known: Decodable {
    struct Case: Decodable {
        let name: String
        let classes: Int
        let truth: [Int]
        let predicted: [Int]
        let accuracy: Double
        let macroF1: Double
        let macroRecall: Double
        let f1: [Double]
    }

    struct Scores: Decodable {
        let probabilities: [Float]
        let labels: [Int]
        let logLoss: Double
        let brier: Double
        let calibrationError: Double
        let classWiseCalibrationError: Double
    }

    let cases: [Case]
    let scores: Scores
    let sets: [[Int]]
    let bestF1: [Double]
}

@Suite("Measures of classification")
struct ClassificationMeasureTests {
    private let known: Known

    init() throws { known = try fixture("classification.json") }

    @Test("Figures are scikit-learn's, also where a class is absent")
    func figures() throws {
        for known in known.cases {
            func value(_ measure: ClassificationMeasure) throws -> Double {
                try measure.value(truth: known.truth, predicted: known.predicted, classCount: known.classes)
            }
            #expect(abs(try value(.accuracy) - known.accuracy) < 1e-12, "\(known.name)")
            #expect(abs(try value(.macroF1) - known.macroF1) < 1e-12, "\(known.name)")
            #expect(abs(try value(.macroRecall) - known.macroRecall) < 1e-12, "\(known.name)")
            for place in 0..<known.classes {
                #expect(abs(try value(.f1(ofClass: place)) - known.f1[place]) < 1e-12, "\(known.name)")
            }
            #expect(abs(try value(.meanF1(ofClasses: [1, 2])) - (known.f1[1] + known.f1[2]) / 2) < 1e-12)
        }
    }

    @Test("Scores of probabilities are those of the formulas")
    func scores() throws {
        let known = known.scores
        let matrix = Matrix(rows: known.labels.count, columns: 3, elements: known.probabilities)
        let scores = try ProbabilityScores(probabilities: matrix, labels: known.labels, bins: 10)
        #expect(abs(scores.logLoss - known.logLoss) < 1e-6)
        #expect(abs(scores.brier - known.brier) < 1e-6)
        #expect(abs(scores.calibrationError - known.calibrationError) < 1e-6)
        #expect(abs(scores.classWiseCalibrationError - known.classWiseCalibrationError) < 1e-6)
        #expect(scores.reliability.bins.reduce(0) { $0 + $1.count } == known.labels.count)
        #expect(throws: StatisticsError.self) { try ProbabilityScores(probabilities: matrix, labels: [0]) }
        #expect(throws: StatisticsError.self) {
            try ProbabilityScores(probabilities: Matrix(rows: 1, columns: 2, repeating: 0.5), labels: [2])
        }
    }

    @Test("Cut-offs of single classes give the largest F1 there is")
    func independentThresholds() throws {
        let matrix = Matrix(rows: known.sets.count, columns: 3, elements: known.scores.probabilities)
        let thresholds = try ClassThresholds.independent(probabilities: matrix, labels: known.sets)
        for column in 0..<3 {
            let given = (0..<matrix.rows).map { Double(matrix[$0, column]) >= thresholds[column] ? 1 : 0 }
            let truth = known.sets.map { $0.contains(column) ? 1 : 0 }
            let f1 = try ClassificationMeasure.f1(ofClass: 1).value(truth: truth, predicted: given, classCount: 2)
            #expect(abs(f1 - known.bestF1[column]) < 1e-12)
        }
        let none = try ClassThresholds.independent(
            probabilities: Matrix(rows: 2, columns: 1, repeating: 1), labels: [[], []])
        #expect(none[0] > 1)
    }

    @Test("Weights of classes never make the measure worse, and find a class that is always second")
    func exclusiveThresholds() throws {
        // Class 1 is right where its probability is 0.4 or more.
        let rows: [[Float]] = (0..<40).map { [0.9 - Float($0) / 50, 0.1 + Float($0) / 50].map { $0 } }
        let labels = (0..<40).map { $0 >= 15 ? 1 : 0 }
        let matrix = Matrix(rows)
        let weights = try ClassThresholds.exclusive(probabilities: matrix, labels: labels)
        #expect(ClassThresholds.decide(probabilities: matrix, weights: weights) == labels)
        #expect(ClassThresholds.decide(probabilities: matrix, weights: [1, 1]) == matrix.argmaxOfRows)
        #expect(throws: StatisticsError.self) {
            try ClassThresholds.exclusive(probabilities: matrix, labels: [Int](repeating: 2, count: 40))
        }
    }

    @Test("Both kinds of interval are those of the general bootstrap", arguments: [BootstrapMethod.percentile, .bca])
    func intervals(method: BootstrapMethod) throws {
        let known = known.cases[0]
        let stream = RandomStream(seed: 3, name: "intervals")
        let measure = ClassificationMeasure.macroF1
        let estimate = try measure.estimate(
            truth: known.truth, predicted: known.predicted, classCount: 4, method: method, resamples: 4_000,
            stream: stream)
        let general = try Bootstrap.interval(
            .simple(count: known.truth.count), resamples: 4_000, method: method, stream: stream.child("other")
        ) { places in
            try measure.value(
                truth: places.map { known.truth[$0] }, predicted: places.map { known.predicted[$0] }, classCount: 4)
        }
        #expect(abs(estimate.value - general.value) < 1e-12)
        // Each end of 4,000 resamples wavers by about a thirtieth of the standard error.
        #expect(abs(estimate.interval.lower - general.interval.lower) < 0.2 * general.standardError)
        #expect(abs(estimate.interval.upper - general.interval.upper) < 0.2 * general.standardError)
        #expect(estimate.count == 120)
        let again = try measure.estimate(
            truth: known.truth, predicted: known.predicted, classCount: 4, method: method, resamples: 4_000,
            stream: stream)
        #expect(again == estimate)
    }

    @Test("Paired differences are narrower than those of two samples, and 0 ± 0 of the same predictions")
    func differences() throws {
        let known = known.cases[0]
        let stream = RandomStream(seed: 4, name: "difference")
        var better = known.predicted
        for place in stride(from: 0, to: 120, by: 9) { better[place] = known.truth[place] }
        let paired = try ClassificationMeasure.macroRecall.difference(
            truth: known.truth, first: known.predicted, second: better, classCount: 4, stream: stream)
        let single = try ClassificationMeasure.macroRecall.estimate(
            truth: known.truth, predicted: known.predicted, classCount: 4, stream: stream)
        #expect(paired.value > 0 && paired.interval.width < single.interval.width)
        let same = try ClassificationMeasure.macroF1.difference(
            truth: known.truth, first: better, second: better, classCount: 4, method: .bca, stream: stream)
        #expect(same.value == 0 && same.standardError == 0)
        #expect(throws: StatisticsError.self) {
            try ClassificationMeasure.macroF1.estimate(truth: [0], predicted: [4], classCount: 4, stream: stream)
        }
    }

    @Test("A 95 % interval holds the true macro-F1 in about 95 of 100 samples")
    func coverage() throws {
        var draws = RandomStream(seed: 5, name: "coverage")
        // Confusion probabilities whose macro-F1 is known: rows of truth with their shares.
        let cells: [Double] = [0.30, 0.10, 0.05, 0.25, 0.05, 0.25].map { $0 }
        let places = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 2)]
        func f1(_ hit: Double, _ members: Double) -> Double { 2 * hit / members }
        let truth = (f1(0.30, 0.40 + 0.40) + f1(0.25, 0.30 + 0.35) + f1(0.25, 0.30 + 0.25)) / 3
        var covered = 0
        for trial in 0..<300 {
            let sample = (0..<150).map { _ in places[draws.choose(weights: cells)] }
            let estimate = try ClassificationMeasure.macroF1.estimate(
                truth: sample.map(\.0), predicted: sample.map(\.1), classCount: 3, method: .bca, resamples: 400,
                stream: draws.child(trial))
            covered += estimate.interval.contains(truth) ? 1 : 0
        }
        #expect((273...297).contains(covered), "\(covered) of 300")
    }
}
