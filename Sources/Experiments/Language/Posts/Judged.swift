import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

/// What one reader said about the posts on which it is judged.
struct Judged {
    let name: String
    /// Place in `Sentiment.allCases` for each post.
    let predicted: [Int]
    /// Probabilities before and after calibration; `nil` for a reader without probabilities.
    let raw: [[Double]]?
    let calibrated: [[Double]]?

    /// - Parameter rows: logits of the posts on which it is judged.
    init(_ name: String, _ rows: Matrix, _ temperature: Double) {
        self.name = name
        let logits = rows.doubles
        let probabilities = logits.map { softmax($0, temperature: temperature) }
        raw = logits.map { softmax($0) }
        calibrated = probabilities
        predicted = probabilities.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
    }

    private init(_ name: String, _ predicted: [Int]) {
        self.name = name
        self.predicted = predicted
        raw = nil
        calibrated = nil
    }

    /// The baseline at its authors' thresholds and, where there are posts to tune on, at the best ones for those.
    static func lexicon(
        _ scorer: VaderScorer, _ posts: LabelledPosts, tunedOn train: [Int], judgedOn places: [Int]
    ) -> [Judged] {
        let compounds = posts.texts.map { scorer.score($0).compound }
        let reader = LexiconReader(scorer)
        var judged = [Judged("lexicon", reader.classify(places.map { compounds[$0] }))]
        if !train.isEmpty {
            let tuned = reader.tuned(compounds: train.map { compounds[$0] }, labels: train.map { posts.labels[$0] })
            judged.append(Judged("lexicon-tuned", tuned.classify(places.map { compounds[$0] })))
        }
        return judged
    }
}
