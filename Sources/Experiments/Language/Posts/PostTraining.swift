import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

/// Fits the readers of rated posts; what is to be chosen, the calibration split chooses.
struct PostTraining {
    typealias Candidate = PostReaderExperiment.Candidate

    let configuration: PostReaderExperiment.Configuration
    let posts: LabelledPosts
    let run: Run

    private var classes: [String] { Sentiment.allCases.map(\.name) }
    private var train: [Int] { posts.places(.train) }
    private var calibration: [Int] { posts.places(.calibration) }
    private var calibrationLabels: [Int] { calibration.map { posts.labels[$0] } }

    /// A linear model over n-grams, on request with the lexicon's opinion as further features.
    func ngrams(_ variant: PostReaderExperiment.Variant, _ scorer: VaderScorer?) throws -> Candidate {
        var recipe = configuration.features
        recipe.lexicon = scorer != nil
        let extractor = try FeatureExtractor(recipe, lexicon: scorer)
        let features = posts.texts.map(extractor.features)
        // Convex, so no seed.
        return try best(of: configuration.l2) { l2 in
            var training = configuration.training
            training.l2 = l2
            let linear = try training.fit(
                train.map { features[$0] }, labels: train.map { posts.labels[$0] }, classes: classes.count,
                width: extractor.width
            ) { step, objective in
                run.log("objective.\(variant.rawValue).l2-\(l2)", objective, step: step)
                try run.checkCancellation()
            }
            let all = features.map(linear.logits)
            let logits = calibration.map { all[$0] }
            let temperature = try TemperatureScaling.fit(logits: logits, labels: calibrationLabels)
            let model = try SentimentModel(
                extractor: extractor, linear: linear, temperature: temperature, thresholds: configuration.thresholds)
            return Candidate(
                variant: variant, l2: l2,
                reader: try TextReader(task: "sentiment", classes: classes, parts: [model], temperature: temperature),
                logits: Matrix(
                    rows: all.count, columns: classes.count, elements: all.flatMap { $0.map { Float($0) } }),
                loss: TemperatureScaling.crossEntropy(
                    logits: logits, labels: calibrationLabels, temperature: temperature))
        }
    }

    /// A reader of n-grams with a linear model over a pretrained encoder.
    func fusion(_ ngrams: Candidate) throws -> Candidate {
        let source = ReaderSource(run.dataset)
        let encoder = try source.encoder(configuration.encoder).sentences
        let layers = try encoder.layers(configuration.layers)
        let preparation = TextPreparation.encoder(try source.emojiNames())
        let features = try FrozenPart.features(posts.texts, encoder, layers, preparation)
        let own = features.rows(train)
        return try best(of: configuration.frozenL2) { l2 in
            var training = DenseTraining()
            training.l2 = l2
            training.balance = configuration.training.balance
            let head = try training.fit(own, labels: train.map { posts.labels[$0] }, classes: classes.count) { _, _ in
                try run.checkCancellation()
            }
            let part = try FrozenPart(
                encoder: encoder, layers: layers, preparation: preparation, head: head)
            let logits = [ngrams.logits, head.logits(features)]
            return try best(of: (0...10).map { Double($0) / 10 }) { share in
                let shares = [1 - share, share]
                let all = TextReader.fuse(logits, shares: shares)
                let fused = all.rows(calibration).doubles
                let temperature = try TemperatureScaling.fit(logits: fused, labels: calibrationLabels)
                return Candidate(
                    variant: .fusion, l2: l2,
                    reader: try TextReader(
                        task: "sentiment", classes: classes, parts: ngrams.reader.parts + [part], shares: shares,
                        temperature: temperature),
                    logits: all, encoderShare: share,
                    loss: TemperatureScaling.crossEntropy(
                        logits: fused, labels: calibrationLabels, temperature: temperature))
            }
        }
    }

    /// The candidate with the least cross-entropy; of equals the first.
    private func best(of settings: [Double], _ candidate: (Double) throws -> Candidate) throws -> Candidate {
        let all = try settings.map(candidate)
        guard let best = all.min(by: { $0.loss < $1.loss }) else {
            throw LanguageError.badRecipe("there is no penalty to try")
        }
        return best
    }
}

extension PostReaderExperiment.Configuration {
    /// The reader that is published; without a lexicon, n-grams alone or with the encoder.
    var wanted: PostReaderExperiment.Variant { !lexicon && published == .ngramsAndLexicon ? .ngrams : published }
}

extension Matrix {
    /// Some of its rows, in the order of `places`.
    func rows(_ places: [Int]) -> Matrix {
        Matrix(rows: places.count, columns: columns, elements: places.flatMap { row($0) })
    }

    /// Its rows in double precision.
    var doubles: [[Double]] { (0..<rows).map { row($0).map { Double($0) } } }
}
