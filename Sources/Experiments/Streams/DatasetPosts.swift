import LabPrivacy
import LabRuns
import LabStreams

/// The posts of a dataset of the catalogue, with the key under which its identifiers become pseudonyms.
///
/// The shipped corpora are read in their own layouts; a user's dataset, added by `labctl data add`, holds `rows.jsonl`,
/// whose keys are the meanings that its column map gave: `id`, `author`, `text`, `time`, `platform`, `language`, `label`
/// (`negative`, `neutral`, `positive`), `rating`, `media`.
///
/// A user's posts are sealed under their authors' keys. The shipped corpora are not: their people are nobody's customers
/// here, everybody has the texts, and a run on them must come out the same on any machine, without secrets.
struct DatasetPosts {
    let source: FilePostSource
    let key: PseudonymKey
    /// `nil` for a shipped corpus.
    let vault: CustomerVault?

    init(_ dataset: Dataset, _ run: Run) throws {
        switch dataset.name {
        case "vader-tweets":
            source = try .vaderTweets(dataset.file("tweets_GroundTruth.txt"))
            vault = nil
            key = .publicCorpus(name: dataset.name, digest: dataset.digest)
        case "lab-posts":
            source = try .labPosts(dataset.file("posts.jsonl"))
            vault = nil
            key = .publicCorpus(name: dataset.name, digest: dataset.digest)
        default:
            source = try .posts(dataset.file("rows.jsonl"))
            key = try KeyStore(home: run.home).pseudonymKey(owner: run.owner)
            vault = try CustomerVault(home: run.home, owner: run.owner)
        }
    }

    /// The way of these posts into an event log.
    func ingest(_ rules: IngestRules = IngestRules()) throws -> Ingest {
        let key = key
        return try Ingest(rules: rules) { key.pseudonym(of: $0, namespace: $1) }
    }
}

extension Run {
    /// The event log of a sealed run, with the owner's vault where it is sealed.
    func eventLog(of run: SealedRun) throws -> EventLog {
        try EventLog(
            run.artifact("events.sqlite"), readOnly: true, vault: CustomerVault(home: home, owner: owner))
    }
}
