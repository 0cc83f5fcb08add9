import Crypto
import Foundation
public import LabDomain
import LabPrivacy

/// Brings a source into an event log: validate, clean, pseudonymise, set duplicates aside, assign splits, write.
///
/// Into a sealed log nothing comes of a customer who was erased. Ingesting a source again changes nothing; after a kill it continues behind the last acknowledged batch.
public struct Ingest: Sendable {
    /// Gives the keyed pseudonym of a raw identifier within a namespace (`author`, `post`).
    public typealias Pseudonym = @Sendable (_ identifier: String, _ namespace: String) throws -> CustomerID

    public let rules: IngestRules
    let cleaner = TextCleaner()
    let pseudonym: Pseudonym

    /// - Parameter pseudonym: equal identifiers of one namespace must give equal pseudonyms.
    /// - Throws: `StreamsError.badShares`.
    public init(rules: IngestRules = IngestRules(), pseudonym: @escaping Pseudonym) throws {
        try rules.splits.validate()
        self.rules = rules
        self.pseudonym = pseudonym
    }

    /// Writes an event for each record of `source` that has none yet.
    ///
    /// - Parameter acknowledged: called after each batch with the line up to which the source is now safely in the
    ///   log; it may throw to stop there.
    /// - Returns: what became of the records written by this call.
    /// - Throws: `StreamsError`, or what `acknowledged` and `pseudonym` throw.
    @discardableResult
    public func run(
        _ source: any PostSource, into log: EventLog, acknowledged: (_ line: Int) throws -> Void = { _ in }
    ) throws -> IngestCounts {
        var counts = IngestCounts()
        guard var done = try log.acknowledgedLine(of: source.digest) else { return counts }
        let vault = log.vault
        var filter = DuplicateFilter(rules: rules.duplicates, shares: rules.splits) { key in
            // A bare digest would prove a guessed text, also after its customer is gone.
            vault.map { String($0.fingerprint(Data("group/\(key)".utf8)).prefix(32)) } ?? key
        }
        let present = try log.read()
        for id in present.erased { filter.restore(erased: id) }
        for logged in present.posts {
            filter.restore(
                id: logged.post.id, cleaned: logged.post.textWithMedia, group: logged.group, split: logged.split)
        }
        var batch: [LogEvent] = []
        var lastLine = done

        try source.forEachRecord { record in
            guard record.line > done else { return }
            let event = LogEvent(
                line: record.line, digest: hexadecimal(SHA256.hash(data: record.bytes)),
                content: try content(of: record, source: source, vault: vault, filter: &filter))
            counts.count(event.content)
            batch.append(event)
            lastLine = record.line
            if batch.count >= rules.batch {
                try log.append(batch, of: source, after: done, to: lastLine, complete: false)
                done = lastLine
                batch.removeAll(keepingCapacity: true)
                try acknowledged(done)
            }
        }
        try log.append(batch, of: source, after: done, to: lastLine, complete: true)
        try acknowledged(lastLine)
        return counts
    }

    private func content(
        of record: SourceRecord, source: any PostSource, vault: CustomerVault?, filter: inout DuplicateFilter
    ) throws -> LogEvent.Content {
        let draft: Draft
        do throws(Rejection) {
            draft = try check(record)
        } catch {
            return .quarantined(error)
        }
        let id = try source.identifiers == .serial ? draft.id : pseudonym(draft.id, "post").rawValue
        if let vault, try vault.isErased(author(of: draft)) { return .quarantined(.erased) }
        // Posts are compared by all that is read of them: one text under two images is no copy, and two images of which the
        // same is said are one. A group of similar posts is one of what a model learns from and is judged on.
        let said = PostText(draft.text, mediaDescriptions: draft.mediaDescriptions).textWithMedia
        switch filter.judge(said, id: id) {
        case .repeatedID: return .quarantined(.repeatedID)
        case .duplicate(let duplicate): return .duplicate(duplicate)
        case .new(let group, let split):
            let post = Post(
                id: id, author: try author(of: draft), platform: draft.platform, text: draft.text,
                language: draft.language, time: draft.time, mediaDescriptions: draft.mediaDescriptions)
            return .post(LoggedPost(post: post, rating: draft.rating, split: split, group: group))
        }
    }

    /// A post without a stated author is its own author: nobody is taken for the same person by accident.
    private func author(of draft: Draft) throws -> CustomerID {
        try draft.author.map { try pseudonym($0, PseudonymKey.authorNamespace) }
            ?? pseudonym(draft.id, "author-of-post")
    }
}
