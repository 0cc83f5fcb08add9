import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

/// Learns to read the sentiment of a log's own rated posts, and judges what it learned beside the VADER lexicon.
public struct PostReaderExperiment: Experiment {
    public static let name = "language/posts"
    public static let summary =
        "Learns to read sentiment from a log's rated posts: n-grams, lexicon, encoder, calibrated, beside VADER."
    public static let inputs = [ExperimentInput(role: "posts", experiment: IngestExperiment.name)]
    public static func datasets(_ configuration: Configuration) -> [String] {
        (configuration.lexicon ? ["vader-lexicon"] : [])
            + (configuration.encoder.isEmpty ? [] : [ReaderSource.emojiDataset])
            + (configuration.encoder.isEmpty || configuration.encoder.contains("/") ? [] : [configuration.encoder])
            + (configuration.dataset.isEmpty ? [] : [configuration.dataset])
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // Data in: rated posts of the event log, three classes by thresholds of the mean rating.
        let log = try run.eventLog(of: run.parent("posts"))
        let posts = try LabelledPosts(log, configuration.thresholds)
        try posts.requireEveryClass(in: [.train, .calibration, .test])
        let train = posts.places(.train)
        let test = posts.places(.test)
        let scorer = configuration.lexicon ? VaderScorer(try VaderLexicon(run.dataset("vader-lexicon"))) : nil

        // Readers: n-grams alone, with the lexicon's opinion as features, and the better of them with an encoder.
        let training = PostTraining(configuration: configuration, posts: posts, run: run)
        var candidates = [try training.ngrams(.ngrams, nil)]
        if let scorer { candidates.append(try training.ngrams(.ngramsAndLexicon, scorer)) }
        run.progress(0.3, "n-grams")
        if !configuration.encoder.isEmpty, let best = candidates.min(by: { $0.loss < $1.loss }) {
            candidates.append(try training.fusion(best))
            run.progress(0.6, "encoder")
        }
        guard let published = candidates.first(where: { $0.variant == configuration.wanted }) else {
            throw LanguageError.lexiconNeeded
        }

        // Evaluation: the test split, which nothing above has touched.
        var judged = candidates.map { Judged($0.variant.rawValue, $0.logits.rows(test), $0.reader.temperature) }
        if let scorer { judged += Judged.lexicon(scorer, posts, tunedOn: train, judgedOn: test) }
        var evaluation = try Self.evaluation(
            judged, headline: configuration.wanted.rawValue, posts, test, run: run, showTexts: configuration.showTexts)
        evaluation.tables.append(Self.choices(candidates))
        if let scorer { evaluation.figures += try Self.agreement(scorer, posts) }
        run.progress(0.8, "evaluated")

        // Artifacts out: the model, and its reading of every rated post, without the posts.
        var digest = ""
        try run.artifact(TextReader.artifact) { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try published.reader.write(to: folder, base: nil)
            digest = try TextReader.digest(folder: folder)
        }
        let readings = published.logits.doubles.flatMap { softmax($0, temperature: published.reader.temperature) }
        try run.artifact("readings.h5") { url in
            let file = try HDF5File.create(url)
            try file.setAttribute("schema", 1)
            try file.setAttribute("model", .string(digest))
            try file.setAttribute("classes", .strings(Sentiment.allCases.map(\.name)))
            try file.write("/post", posts.posts.map(\.id))
            try file.write("/split", posts.splits.map(\.rawValue))
            try file.write("/label", posts.labels.map { Int32($0) })
            try file.write(
                "/probabilities", readings, shape: [posts.count, Sentiment.allCases.count])
            try file.close()
        }
        return evaluation
    }

    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation {
        let reader = try ReaderSource(run.dataset).reader(trained.artifact(TextReader.artifact))
        let thresholds =
            reader.parts.lazy.compactMap { ($0 as? SentimentModel)?.thresholds }.first ?? configuration.thresholds

        // Data in: the held-out split of the posts, or every rated post of another dataset.
        let posts: LabelledPosts
        let places: [Int]
        if configuration.dataset.isEmpty {
            let log = try run.eventLog(of: run.parent("posts"))
            posts = try LabelledPosts(log, thresholds)
            places = posts.places(.test)
        } else {
            posts = try Self.ingested(configuration.dataset, thresholds, run)
            places = Array(posts.posts.indices)
        }
        guard !places.isEmpty else { throw LanguageError.noExamples(what: "with a rating to evaluate on") }

        var judged = [
            Judged("model", try reader.logits(places.map { posts.posts[$0].textWithMedia }), reader.temperature)
        ]
        if configuration.lexicon {
            let scorer = VaderScorer(try VaderLexicon(run.dataset("vader-lexicon")))
            judged += Judged.lexicon(scorer, posts, tunedOn: [], judgedOn: places)
        }
        return try Self.evaluation(
            judged, headline: "model", posts, places, run: run, showTexts: configuration.showTexts)
    }
}
