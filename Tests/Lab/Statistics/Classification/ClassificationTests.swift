import LabNumerics
import LabStatistics
import Testing

@Suite struct ClassificationTests {
    let truth = [0, 0, 0, 1, 1, 2, 2, 2, 2, 0]
    let predicted = [0, 0, 1, 1, 1, 2, 0, 2, 2, 0]

    /// Counted by hand: precision 3/4, 2/3, 3/3; recall 3/4, 2/2, 3/4.
    @Test func figuresByHand() throws {
        let report = try ClassificationReport(truth: truth, predicted: predicted, classes: ["a", "b", "c"])
        #expect(report.confusion == [[3, 1, 0], [0, 2, 0], [1, 0, 3]])
        #expect(report.accuracy == 0.8)
        #expect(report.classes.map(\.precision) == [0.75, 2.0 / 3, 1])
        #expect(report.classes.map(\.recall) == [0.75, 1, 0.75])
        #expect(abs(report.macroF1 - (0.75 + 0.8 + 6.0 / 7) / 3) < 1e-15)
        #expect(report.classes.map(\.support) == [4, 2, 4])
    }

    @Test func absentClassesCountAsZero() throws {
        let report = try ClassificationReport(truth: [0, 0], predicted: [0, 1], classes: ["a", "b", "c"])
        #expect(report.classes.map(\.f1) == [2.0 / 3, 0, 0])
        #expect(abs(report.macroF1 - 2.0 / 9) < 1e-15)
        #expect(throws: StatisticsError.self) { try ClassificationReport(truth: [3], predicted: [0], classes: ["a"]) }
        #expect(throws: StatisticsError.self) { try ClassificationReport(truth: [0], predicted: [], classes: ["a"]) }
    }

    @Test func bootstrappedMacroF1() throws {
        let stream = RandomStream(seed: 2, name: "f1")
        let estimate = try ClassificationReport.macroF1(
            truth: truth, predicted: predicted, classCount: 3, resamples: 500, stream: stream)
        let report = try ClassificationReport(truth: truth, predicted: predicted, classes: ["a", "b", "c"])
        #expect(abs(estimate.value - report.macroF1) < 1e-15)
        #expect(estimate.interval.lower < estimate.value && estimate.value < estimate.interval.upper)
        let same = try ClassificationReport.macroF1Difference(
            truth: truth, first: predicted, second: predicted, classCount: 3, resamples: 50, stream: stream)
        #expect(same.value == 0 && same.interval.width == 0)
    }

    /// Two bins of width ½.
    @Test func calibrationByHand() throws {
        let confidences = [0.1, 0.3, 0.6, 0.8, 1.0]
        let correct = [false, true, true, false, true]
        // Bin [0, .5): mean .2, accuracy .5, two of five. Bin [.5, 1]: mean .8, accuracy 2/3, three of five.
        let expected = 0.4 * 0.3 + 0.6 * (0.8 - 2.0 / 3)
        let found = try expectedCalibrationError(confidences: confidences, correct: correct, bins: 2)
        #expect(abs(found - expected) < 1e-15)
        #expect(throws: StatisticsError.self) { try expectedCalibrationError(confidences: [1.1], correct: [true]) }
        #expect(throws: StatisticsError.self) { try expectedCalibrationError(confidences: [.nan], correct: [true]) }
    }
}
