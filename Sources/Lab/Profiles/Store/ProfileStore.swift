public import Foundation
import GRDB
public import LabDomain
import LabStorage
import Synchronization

/// Customer profiles as a log of events in SQLite, from which every profile is folded.
///
/// The events are the truth; profiles and snapshots can be thrown away and made again. No text is stored: there is no
/// column for it.
public final class ProfileStore: Sendable {
    public let url: URL
    public let rules: ProfileRules
    let queue: DatabaseQueue
    let current: Mutex<ProfileState>

    /// Opens a store, making it if there is none, and brings its profiles up to date from the newest snapshot.
    ///
    /// Throws `ProfilesError.otherRules` where the store was made under other rules, `StorageError` for the disk.
    public init(_ url: URL, rules: ProfileRules = .standard) throws {
        self.url = url
        self.rules = rules
        queue = try SQLite.open(url)
        let state = try SQLite.translating(url) { [queue] in
            try queue.write { database in
                try ProfileSchema.prepare(database, url: url, rules: rules)
                var state = try Self.snapshot(database, url: url, rules: rules) ?? ProfileState(rules: rules)
                try Self.catchUp(&state, database, url: url)
                return state
            }
        }
        current = Mutex(state)
    }

    /// Appends events in one transaction: all or none.
    ///
    /// Throws `ProfilesError.invalidEvent` for an event that no profile could take.
    public func append(_ records: [ProfileRecord]) throws {
        for record in records { try record.validate() }
        try current.withLock { state in
            var next = state
            try SQLite.translating(url) {
                try queue.write { database in
                    // Another process may have appended meanwhile.
                    try Self.catchUp(&next, database, url: url)
                    try Self.insert(records, into: &next, database)
                }
            }
            state = next
        }
    }

    /// The profile of one customer, `nil` for an unknown one.
    public func profile(of customer: CustomerID) -> CustomerProfile? { current.withLock { $0[customer] } }

    /// All profiles as of the last append or refresh.
    public var state: ProfileState { current.withLock { $0 } }

    /// Takes in what other processes have appended.
    public func refresh() throws {
        try current.withLock { state in
            var next = state
            try SQLite.translating(url) {
                try queue.read { database in try Self.catchUp(&next, database, url: url) }
            }
            state = next
        }
    }

    /// Folds all events from the first, without snapshots: what every other way must agree with.
    public func replay() throws -> ProfileState {
        var state = ProfileState(rules: rules)
        try SQLite.translating(url) {
            try queue.read { database in try Self.catchUp(&state, database, url: url) }
        }
        return state
    }

    /// Closes the database and leaves one file without a log beside it; the store cannot be used afterwards.
    public func finalise() throws {
        try SQLite.translating(url) { try queue.close() }
        try SQLite.finalise(url)
    }
}

extension ProfileRecord {
    func validate() throws {
        let problem: String? =
            switch event {
            case .engagement(let count) where count < 1: "an engagement counts at least 1, not \(count)"
            case .wait(let periods) where periods < 1: "a wait lasts at least one period, not \(periods)"
            case .purchase(let amount) where amount.micros < 0: "a purchase is not negative"
            case .impression(_, let channel) where channel < 0: "a channel is not negative"
            default: nil
            }
        if let problem { throw ProfilesError.invalidEvent(customer: customer, problem) }
    }
}
