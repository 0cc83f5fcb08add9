import Foundation
import GRDB

/// The index as a query sees it inside one transaction.
private struct StoredColumns: ColumnSource {
    let database: Database
    let fields: IndexFields
    let slots: Int

    init(_ database: Database) throws {
        self.database = database
        fields = try IndexFields(database)
        slots = (try Int.fetchOne(database, sql: "SELECT max(key) FROM run") ?? -1) + 1
    }

    var names: Set<String> { Set(fields.byName.filter { $0.value.pages > 0 }.keys) }

    func column(_ name: String) throws -> Column? {
        guard let field = fields.byName[name] else { return nil }
        var column = Column()
        var pages = 0
        let cursor = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT key, content FROM page WHERE key BETWEEN ? AND ? ORDER BY key"),
            arguments: [IndexFields.key(field.key, 0), IndexFields.key(field.key, Int(UInt32.max))])
        while let row = try cursor.next() {
            let page = Int((row[0] as Int64) & 0xFFFF_FFFF)
            column.extend(to: page * IndexPage.size)
            try row.withUnsafeData(atIndex: 1) { data in
                try (data ?? Data()).withUnsafeBytes {
                    try IndexPage.decode($0, field: name, page: page, into: &column)
                }
            }
            pages += 1
        }
        guard pages == field.pages else { throw IndexProblem.damaged("\(name) has \(pages) pages of \(field.pages)") }
        return column
    }
}

extension IndexDatabase {
    /// Answers a query from what is in the file; throws `IndexProblem`, or `RunsError` about the query.
    func select(_ query: RunQuery) throws -> RunSelection {
        try Self.translating {
            try queue.read { database in
                let columns = try StoredColumns(database)
                let selection = try query.select(from: columns)
                // A run without its columns, or the other way round, shows that rows were lost.
                let runs = try Int.fetchOne(database, sql: "SELECT count(*) FROM run") ?? 0
                guard runs == selection.total else {
                    throw IndexProblem.damaged("\(runs) runs, \(selection.total) with an experiment")
                }
                return selection
            }
        }
    }
}
