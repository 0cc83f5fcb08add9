import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams

/// Trains a linear n-gram model of sentiment and judges it beside the VADER lexicon.
public struct PostReaderExperiment: Experiment {
    public static let name = "language/posts"
    public static let summary = "Reads sentiment from n-grams, calibrated, beside the VADER lexicon."
    public static let inputs = [ExperimentInput(role: "posts", experiment: IngestExperiment.name)]
    public static func datasets(_ configuration: Configuration) -> [String] {
        (configuration.lexicon ? ["vader-lexicon"] : [])
            + (configuration.dataset.isEmpty ? [] : [configuration.dataset])
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // Data in: rated posts of the event log, three classes by thresholds of the mean rating.
        let log = try run.eventLog(of: run.parent("posts"))
        let posts = try LabelledPosts(log, configuration.thresholds)
        try posts.requireEveryClass(in: [.train, .calibration, .test])
        let train = posts.places(.train)
        let calibration = posts.places(.calibration)
        let test = posts.places(.test)
        let scorer = configuration.lexicon ? VaderScorer(try VaderLexicon(run.dataset("vader-lexicon"))) : nil

        // Models: n-grams alone, and with the lexicon's opinion as features where there is a lexicon.
        var candidates: [Candidate] = []
        for variant in Variant.allCases where variant == .ngrams || scorer != nil {
            var recipe = configuration.features
            recipe.lexicon = variant == .ngramsAndLexicon
            let extractor = try FeatureExtractor(recipe, lexicon: scorer)
            let features = posts.texts.map(extractor.features)

            // Training: convex, so no seed; the l2 with the least cross-entropy on the calibration split is kept.
            var best: Candidate?
            for l2 in configuration.l2 {
                var training = configuration.training
                training.l2 = l2
                let linear = try training.fit(
                    train.map { features[$0] }, labels: train.map { posts.labels[$0] },
                    classes: Sentiment.allCases.count, width: extractor.width
                ) { step, objective in
                    run.log("objective.\(variant.rawValue).l2-\(l2)", objective, step: step)
                    try run.checkCancellation()
                }

                // Calibration: one temperature on posts that the weights have not seen.
                let logits = calibration.map { linear.logits(features[$0]) }
                let labels = calibration.map { posts.labels[$0] }
                let temperature = try TemperatureScaling.fit(logits: logits, labels: labels)
                let candidate = Candidate(
                    variant: variant, l2: l2,
                    model: try SentimentModel(
                        extractor: extractor, linear: linear, temperature: temperature,
                        thresholds: configuration.thresholds),
                    loss: TemperatureScaling.crossEntropy(logits: logits, labels: labels, temperature: temperature))
                if best.map({ candidate.loss < $0.loss }) ?? true { best = candidate }
            }
            if let best { candidates.append(best) }
            run.progress(Double(candidates.count) / 3, variant.rawValue)
        }
        let wanted: Variant = configuration.lexicon ? configuration.published : .ngrams
        guard let published = candidates.first(where: { $0.variant == wanted })?.model else {
            throw LanguageError.lexiconNeeded
        }

        // Evaluation: the test split, which nothing above has touched.
        var judged = try candidates.map { try Judged($0.variant.rawValue, $0.model, posts, test) }
        if let scorer { judged += Judged.lexicon(scorer, posts, tunedOn: train, judgedOn: test) }
        var evaluation = try Self.evaluation(
            judged, headline: wanted.rawValue, posts, test, run: run, showTexts: configuration.showTexts)
        evaluation.tables.append(Self.choices(candidates))
        if let scorer { evaluation.figures += try Self.agreement(scorer, posts) }
        run.progress(0.8, "evaluated")

        // Artifacts out: the model, and its reading of every rated post, without the posts.
        try run.artifact("model.safetensors") { try published.weightsData().write(to: $0) }
        try run.artifact("model.json") { try published.descriptionData().write(to: $0) }
        let begin = ContinuousClock.now
        let readings = try published.read(posts.posts)
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        run.progress(0.95, "read \(Int(Double(readings.count) / max(seconds, 1e-9))) posts a second")
        try run.artifact("readings.h5") { url in
            let file = try HDF5File.create(url)
            try file.setAttribute("schema", 1)
            try file.setAttribute("model", .string(published.digest))
            try file.setAttribute("classes", .strings(Sentiment.allCases.map(\.name)))
            try file.write("/post", posts.posts.map(\.id))
            try file.write("/split", posts.splits.map(\.rawValue))
            try file.write("/label", posts.labels.map { Int32($0) })
            try file.write(
                "/probabilities", readings.flatMap(\.sentiment), shape: [posts.count, Sentiment.allCases.count])
            try file.close()
        }
        return evaluation
    }

    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation {
        let model = try SentimentModel(
            weights: trained.artifact("model.safetensors"), description: trained.artifact("model.json"))

        // Data in: the held-out split of the posts, or every rated post of another dataset.
        let posts: LabelledPosts
        let places: [Int]
        if configuration.dataset.isEmpty {
            let log = try run.eventLog(of: run.parent("posts"))
            posts = try LabelledPosts(log, model.thresholds)
            places = posts.places(.test)
        } else {
            posts = try Self.ingested(configuration.dataset, model.thresholds, run)
            places = Array(posts.posts.indices)
        }
        guard !places.isEmpty else { throw LanguageError.noExamples(what: "with a rating to evaluate on") }

        var judged = [try Judged("model", model, posts, places)]
        if configuration.lexicon {
            let scorer = VaderScorer(try VaderLexicon(run.dataset("vader-lexicon")))
            judged += Judged.lexicon(scorer, posts, tunedOn: [], judgedOn: places)
        }
        return try Self.evaluation(
            judged, headline: "model", posts, places, run: run, showTexts: configuration.showTexts)
    }
}
