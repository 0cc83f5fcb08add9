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
    /// Which settings the calibration split chose.
    static func choices(_ candidates: [Candidate]) -> ResultTable {
        ResultTable(
            "choices", columns: ["model", "l2", "encoder's share", "temperature", "calibration cross-entropy"],
            rows: candidates.map {
                [
                    .text($0.variant.rawValue), Cell($0.l2), Cell($0.encoderShare), Cell($0.reader.temperature),
                    Cell($0.loss),
                ]
            })
    }

    /// The lexicon's scores beside the mean ratings of all posts, as its authors judge it.
    ///
    /// Nothing is trained for it, so no split is held back. The program's authors report r .881 on the tweets of their
    /// paper; `vaderSentiment` 3.3.2 gives .872 on the whole corpus, and .948 for the weighted F1 of the sign (ours .871 and
    /// .948). Without the corpus' own 103 duplicates that program gives .864, so what ingest leaves is a little harder.
    static func agreement(_ scorer: VaderScorer, _ posts: LabelledPosts) throws -> [Figure] {
        let compounds = posts.texts.map { scorer.score($0).compound }
        let correlation = try pearson(compounds, posts.ratings)
        let truth = posts.ratings.map { $0 < 0 ? 0 : $0 == 0 ? 1 : 2 }
        let report = try ClassificationReport(
            truth: truth, predicted: LexiconReader(scorer).classify(compounds),
            classes: ["negative", "neutral", "positive"])
        let weighted = report.classes.reduce(0) { $0 + $1.f1 * Double($1.support) } / Double(posts.count)
        return [
            Figure("lexicon.correlation", correlation, better: .higher),
            Figure("lexicon.signF1", weighted, count: posts.count, better: .higher),
        ]
    }

    /// What a reader of the figures must know.
    static func notes(_ judged: [Judged], _ headline: String, _ evaluation: Evaluation) -> [String] {
        var notes = ["Intervals are percentile bootstraps over the posts, with the model held fixed."]
        if judged.contains(where: { $0.name == "lexicon" }) {
            notes.append(
                "The lexicon's authors made it with tweets like these and published it beside them, so the VADER corpus is "
                    + "home ground for it; its thresholds of .05 were not made for these classes, hence lexicon-tuned.")
        }
        for rival in judged.map(\.name) where rival != headline {
            guard let interval = evaluation.figure("macroF1.over.\(rival)")?.interval else { continue }
            let verdict =
                interval.lower > 0 ? "is better than" : interval.upper < 0 ? "is worse than" : "cannot be told from"
            notes.append("By macro-F1 on these posts \(headline) \(verdict) \(rival).")
        }
        return notes
    }
}

extension Figure {
    /// A figure of an estimate, with its interval and number of observations.
    init(_ name: String, _ estimate: Estimate, better: Direction) {
        self.init(name, estimate.value, interval: estimate.interval, count: estimate.count, better: better)
    }
}

extension VaderLexicon {
    /// The files of the dataset `vader-lexicon`.
    init(_ dataset: Dataset) throws {
        try self.init(
            lexicon: Data(contentsOf: dataset.file("vader_lexicon.txt")),
            emoji: Data(contentsOf: dataset.file("emoji_utf8_lexicon.txt")))
    }
}
