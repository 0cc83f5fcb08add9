import LabPrivacy
import LabRuns
import LabStreams

/// The posts of a dataset of the catalogue, with the key under which its identifiers become pseudonyms.
///
/// The shipped corpora are read in their own layouts; a user's dataset, added by `labctl data add`, holds `rows.jsonl`,
/// whose keys are the meanings that its column map gave: `id`, `author`, `text`, `time`, `platform`, `language`, `label`
/// (`negative`, `neutral`, `positive`), `rating`.
struct DatasetPosts {
    let source: FilePostSource
    let key: PseudonymKey

    init(_ dataset: Dataset, _ run: Run) throws {
        switch dataset.name {
        case "vader-tweets":
            source = try .vaderTweets(dataset.file("tweets_GroundTruth.txt"))
            key = .publicCorpus(name: dataset.name, digest: dataset.digest)
        case "lab-posts":
            source = try .labPosts(dataset.file("posts.jsonl"))
            key = .publicCorpus(name: dataset.name, digest: dataset.digest)
        default:
            source = try .posts(dataset.file("rows.jsonl"))
            key = try KeyStore(home: run.home).pseudonymKey(owner: run.owner)
        }
    }

    /// The way of these posts into an event log.
    func ingest(_ rules: IngestRules = IngestRules()) throws -> Ingest {
        let key = key
        return try Ingest(rules: rules) { key.pseudonym(of: $0, namespace: $1) }
    }
}
