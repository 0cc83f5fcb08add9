import LabDomain
import LabRuns
import LabStatistics
import LabStreams

/// Brings a dataset's posts into an event log: validated, cleaned, pseudonymised, without duplicates, split.
public struct IngestExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var dataset = "vader-tweets"
        public var longestText = 5000
        public var duplicates = DuplicateRules()
        public var splits = SplitShares()

        public init() {}

        public static let settings = [
            Setting("dataset", "Where the posts come from: a dataset of the catalogue, or one of your own."),
            Setting("longestText", "Longer texts are quarantined.", unit: "characters"),
            Setting("duplicates.removal", "From this similarity on, a later text is set aside as a near-duplicate."),
            Setting("duplicates.grouping", "From this similarity on, two kept texts lie in the same split."),
            Setting("splits.train", "Share of texts that teach the model."),
            Setting("splits.calibration", "Share of texts on which confidence and settings are chosen."),
            Setting("splits.test", "Share of texts on which the model is judged."),
            Setting("splits.speech", "Share of texts that simulated customers speak."),
        ]

        public func validate() throws {
            try splits.validate()
            guard (0...1).contains(duplicates.removal), (0...1).contains(duplicates.grouping) else {
                throw RunsError.invalidSetting(
                    key: "duplicates", value: "\(duplicates.removal), \(duplicates.grouping)",
                    requirement: "must be similarities from 0 to 1")
            }
        }
    }

    public static let name = "streams/ingest"
    public static let summary =
        "Brings posts into an event log: validated, cleaned, pseudonymised, de-duplicated, split."
    public static func datasets(_ configuration: Configuration) -> [String] { [configuration.dataset] }

    public static let smoke: Configuration = {
        var configuration = Configuration()
        configuration.dataset = "lab-posts"
        return configuration
    }()

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // Data in: the records of the dataset, and the key that keeps raw identifiers out of the run.
        let posts = try DatasetPosts(run.dataset(configuration.dataset), run)

        var rules = IngestRules()
        rules.posts.longestText = configuration.longestText
        rules.duplicates = configuration.duplicates
        rules.splits = configuration.splits
        let ingest = try posts.ingest(rules)

        // Every record ends in exactly one of three tables; a batch is acknowledged when it is on disk.
        var counts = IngestCounts()
        var sharedAuthors = 0
        var unrated = 0
        var described = 0
        let lines = max(1, posts.source.lineCount)
        let clock = ContinuousClock()
        let begin = clock.now
        try run.artifact("events.sqlite") { file in
            let log = try EventLog(file, vault: posts.vault)
            try ingest.run(posts.source, into: log) { line in
                run.progress(Double(line) / Double(lines), "\(line) of \(lines) lines")
                try run.checkCancellation()
            }
            counts = try log.counts()
            sharedAuthors = try log.authorsInSeveralSplits()
            let logged = try log.posts()
            unrated = logged.count { $0.rating == nil }
            described = logged.count { !$0.post.mediaDescriptions.isEmpty }
            try log.finalise()
        }
        let seconds = (clock.now - begin) / .seconds(1)
        run.progress(1, "\(counts.recordCount) records, \(Int(Double(counts.recordCount) / seconds)) a second")

        // What became of the records.
        var evaluation = Evaluation()
        evaluation.figures = [
            Figure("posts", Double(counts.postCount), unit: "posts", count: counts.recordCount),
            Figure("duplicates", Double(counts.duplicateCount), unit: "records", count: counts.recordCount),
            Figure("quarantined", Double(counts.quarantineCount), unit: "records", count: counts.recordCount),
            Figure("unrated", Double(unrated), unit: "posts", count: counts.postCount),
            Figure("authorsInSeveralSplits", Double(sharedAuthors), unit: "authors", better: .lower),
        ]
        // Only where there are any: most logs have none, and theirs come out as before.
        if described > 0 {
            evaluation.figures.append(
                Figure("described", Double(described), unit: "posts", count: counts.postCount))
        }
        evaluation.tables = [
            ResultTable(
                "splits", columns: ["split", "posts"],
                rows: TextSplit.allCases.map { [.text($0.rawValue), Cell(counts.posts[$0] ?? 0)] }),
            ResultTable(
                "duplicates", columns: ["kind", "records"],
                rows: DuplicateKind.allCases.map { [.text($0.rawValue), Cell(counts.duplicates[$0] ?? 0)] }),
            ResultTable(
                "quarantine", columns: ["reason", "records", "explanation"],
                rows: Rejection.allCases.compactMap { reason in
                    counts.quarantined[reason].map { [.text(reason.rawValue), Cell($0), .text(reason.explanation)] }
                }),
        ]
        evaluation.notes = [
            "Texts at least \(configuration.duplicates.grouping) similar lie in one split, so that nothing is tested on "
                + "what was all but learned.",
            "The quarantine keeps line, reason and digest of a record, never its text or identifiers.",
        ]
        if posts.vault != nil {
            let erased = counts.quarantined[.erased] ?? 0
            evaluation.figures.append(Figure("erased", Double(erased), unit: "records", count: counts.recordCount))
            evaluation.notes.append(
                "What the posts say is sealed under their authors' keys; labctl privacy erase destroys one for good.")
        }
        return evaluation
    }
}
