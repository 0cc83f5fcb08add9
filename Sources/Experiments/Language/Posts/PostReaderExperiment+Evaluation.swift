import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

extension PostReaderExperiment {
    /// Figures, tables and notes about readers judged on the same posts.
    static func evaluation(
        _ judged: [Judged], headline: String, _ posts: LabelledPosts, _ places: [Int], run: Run, showTexts: Bool
    ) throws -> Evaluation {
        let truth = places.map { posts.labels[$0] }
        let names = Sentiment.allCases.map(\.name)
        var evaluation = Evaluation()
        guard let first = judged.first(where: { $0.name == headline }) else { return evaluation }
        let report = try ClassificationReport(truth: truth, predicted: first.predicted, classes: names)
        let stream = run.stream("bootstrap")

        // Macro-F1 with an interval for each reader, and what separates the headline from the others on the same posts.
        for reader in [first] + judged.filter({ $0.name != headline }) {
            let score = try ClassificationReport.macroF1(
                truth: truth, predicted: reader.predicted, classCount: names.count, stream: stream)
            let name = reader.name == headline ? "macroF1" : "macroF1.\(reader.name)"
            evaluation.figures.append(Figure(name, score, better: .higher))
        }
        for other in judged where other.name != headline {
            let difference = try ClassificationReport.macroF1Difference(
                truth: truth, first: other.predicted, second: first.predicted, classCount: names.count, stream: stream)
            evaluation.figures.append(Figure("macroF1.over.\(other.name)", difference, better: .higher))
        }
        evaluation.figures.append(Figure("accuracy", report.accuracy, count: places.count, better: .higher))
        evaluation.figures.append(contentsOf: try calibration(first, truth))

        evaluation.tables.append(try classes(judged, truth, names))
        evaluation.tables.append(
            ResultTable(
                "confusion", columns: ["truth"] + names,
                rows: zip(names, report.confusion).map { [.text($0)] + $1.map { Cell($0) } }))
        evaluation.tables.append(try reliability(first, truth))
        evaluation.tables.append(try slices(first, posts, places, run))
        // A sealed text in clear here would outlive its customer's key.
        evaluation.tables.append(worstErrors(first, posts, places, showTexts: showTexts && posts.erased == nil))
        if let erased = posts.erased {
            evaluation.figures.append(Figure("erased", Double(erased), unit: "posts"))
        }
        evaluation.notes = notes(judged, headline, evaluation)
        return evaluation
    }

    /// How far confidence is from the share of right readings, before and after the temperature.
    private static func calibration(_ reader: Judged, _ truth: [Int]) throws -> [Figure] {
        guard let raw = reader.raw, let calibrated = reader.calibrated else { return [] }
        let correct = zip(reader.predicted, truth).map(==)
        func error(_ rows: [[Double]]) throws -> Double {
            try expectedCalibrationError(confidences: rows.map { $0.max() ?? 0 }, correct: correct)
        }
        return [
            Figure("calibrationError", try error(calibrated), count: truth.count, better: .lower),
            Figure("calibrationError.before", try error(raw), count: truth.count, better: .lower),
        ]
    }

    private static func classes(_ judged: [Judged], _ truth: [Int], _ names: [String]) throws -> ResultTable {
        var table = ResultTable("classes", columns: ["reader", "class", "precision", "recall", "f1", "posts"])
        for reader in judged {
            let report = try ClassificationReport(truth: truth, predicted: reader.predicted, classes: names)
            for figures in report.classes {
                table.rows.append([
                    .text(reader.name), .text(figures.name), Cell(figures.precision), Cell(figures.recall),
                    Cell(figures.f1), Cell(figures.support),
                ])
            }
        }
        return table
    }

    private static func reliability(_ reader: Judged, _ truth: [Int]) throws -> ResultTable {
        var table = ResultTable("reliability", columns: ["from", "to", "posts", "confidence", "right"])
        guard let calibrated = reader.calibrated else { return table }
        let diagram = try ReliabilityDiagram(
            confidences: calibrated.map { $0.max() ?? 0 }, correct: zip(reader.predicted, truth).map(==), bins: 10)
        for bin in diagram.bins where bin.count > 0 {
            table.rows.append([
                Cell(bin.lower), Cell(bin.upper), Cell(bin.count), Cell(bin.confidence), Cell(bin.accuracy),
            ])
        }
        return table
    }

    /// Accuracy by language and length, and of posts with described images or films: errors that fall on one group must not hide in the mean.
    private static func slices(
        _ reader: Judged, _ posts: LabelledPosts, _ places: [Int], _ run: Run
    ) throws -> ResultTable {
        var groups: [String: [Bool]] = [:]
        for (index, place) in places.enumerated() {
            let post = posts.posts[place]
            let correct = reader.predicted[index] == posts.labels[place]
            let length = post.textWithMedia.count < 70 ? "under 70 characters" : "70 characters and more"
            var names = ["length: " + length, "language: " + (post.language ?? "not stated")]
            if !post.mediaDescriptions.isEmpty { names.append("media: described") }
            for name in names {
                groups[name, default: []].append(correct)
            }
        }
        var table = ResultTable("slices", columns: ["slice", "posts", "accuracy", "lower", "upper"])
        for (name, correct) in groups.sorted(by: { $0.key < $1.key }) {
            let estimate = try wilson(successes: correct.count { $0 }, trials: correct.count)
            table.rows.append([
                .text(name), Cell(correct.count), Cell(estimate.value), Cell(estimate.interval.lower),
                Cell(estimate.interval.upper),
            ])
        }
        return table
    }

    /// The readings that were surest and wrong.
    private static func worstErrors(
        _ reader: Judged, _ posts: LabelledPosts, _ places: [Int], showTexts: Bool
    ) -> ResultTable {
        var table = ResultTable(
            "worstErrors", columns: ["post", "human", "read", "confidence"] + (showTexts ? ["text"] : []))
        guard let calibrated = reader.calibrated else { return table }
        let wrong = places.indices.filter { reader.predicted[$0] != posts.labels[places[$0]] }
        let worst = wrong.sorted { left, right in
            (calibrated[right][reader.predicted[right]], left) < (calibrated[left][reader.predicted[left]], right)
        }
        for index in worst.prefix(12) {
            let place = places[index]
            let row: [Cell] = [
                .text(posts.posts[place].id), .text(Sentiment.allCases[posts.labels[place]].name),
                .text(Sentiment.allCases[reader.predicted[index]].name),
                Cell(calibrated[index][reader.predicted[index]]),
            ]
            table.rows.append(row + (showTexts ? [.text(posts.posts[place].textWithMedia)] : []))
        }
        return table
    }
}
