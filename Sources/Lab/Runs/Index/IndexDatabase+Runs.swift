import Foundation
import GRDB

/// What the index knows of a run's folder, to see that it changed.
struct IndexedRun: Sendable, Equatable {
    var experiment: String
    var number: Int
    /// `FolderScan.mark` of the run's folder, and of its notes beside it.
    var mark: Int64
    var notes: Int64
    /// Over sizes and times of its files.
    var signature: Int64
    var state: String
    /// Sealed and sound: its files do not change any more.
    var isSettled: Bool
}

extension IndexDatabase {
    /// A run's new facts, or that it is gone.
    struct Update {
        var run: IndexedRun
        var facts: RunFacts?
    }

    /// Writes all of it or nothing; throws `IndexProblem`.
    func apply(_ updates: [Update]) throws {
        guard !updates.isEmpty else { return }
        try Self.translating {
            try queue.write { database in
                var cells: [Int: [Int: RunFacts]] = [:]
                var next = (try Int.fetchOne(database, sql: "SELECT max(key) FROM run") ?? -1) + 1
                for update in updates {
                    let known = try Int.fetchOne(
                        database, sql: "SELECT key FROM run WHERE experiment = ? AND number = ?",
                        arguments: [update.run.experiment, update.run.number])
                    guard let facts = update.facts else {
                        guard let known else { continue }
                        try database.execute(sql: "DELETE FROM run WHERE key = ?", arguments: [known])
                        cells[known / IndexPage.size, default: [:]][known % IndexPage.size] = RunFacts()
                        continue
                    }
                    let key = known ?? next
                    if known == nil { next += 1 }
                    try write(update.run, key, database)
                    cells[key / IndexPage.size, default: [:]][key % IndexPage.size] = facts
                }
                var fields = try IndexFields(database)
                for (page, facts) in cells.sorted(by: { $0.key < $1.key }) {
                    try fields.put(facts, page: page, database)
                }
            }
        }
    }

    private func write(_ run: IndexedRun, _ key: Int, _ database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            key, run.experiment, run.number, run.mark, run.notes, run.signature,
            run.state, run.isSettled,
        ])
    }

    /// The runs of an experiment's folder by number; those that are not settled, of all experiments.
    func runs(of experiment: String) throws -> [Int: IndexedRun] {
        let rows = try fetch("SELECT * FROM run WHERE experiment = ?", [experiment])
        return Dictionary(rows.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func unsettled() throws -> [IndexedRun] {
        try fetch("SELECT * FROM run WHERE settled = 0 ORDER BY experiment, number", [])
    }

    func run(_ experiment: String, _ number: Int) throws -> IndexedRun? {
        try fetch("SELECT * FROM run WHERE experiment = ? AND number = ?", [experiment, number]).first
    }

    private func fetch(_ sql: String, _ arguments: StatementArguments) throws -> [IndexedRun] {
        try Self.translating {
            try queue.read { database in
                try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
                    IndexedRun(
                        experiment: row["experiment"], number: row["number"],
                        mark: row["mark"], notes: row["notes"], signature: row["signature"],
                        state: row["state"], isSettled: row["settled"])
                }
            }
        }
    }

    /// The times at which folders were looked through, in nanoseconds; `runs/` itself has the name ``.
    func folders() throws -> [String: Int64] {
        try Self.translating {
            try queue.read { database in
                Dictionary(
                    try Row.fetchAll(database, sql: "SELECT name, modified FROM folder").map {
                        ($0["name"], $0["modified"])
                    },
                    uniquingKeysWith: { first, _ in first })
            }
        }
    }

    func mark(folder: String, modified: Int64?) throws {
        try Self.translating {
            try queue.write { database in
                if let modified {
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO folder VALUES (?, ?)", arguments: [folder, modified])
                } else {
                    try database.execute(sql: "DELETE FROM folder WHERE name = ?", arguments: [folder])
                }
            }
        }
    }
}
