import Foundation
import GRDB

/// The fields of the index inside one transaction.
struct IndexFields {
    struct Field {
        var key: Int64
        var pages: Int
    }

    private(set) var byName: [String: Field] = [:]

    init(_ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT key, name, pages FROM field") {
            byName[row["name"]] = Field(key: row["key"], pages: row["pages"])
        }
    }

    /// Where a page of a field stands: the field's key above, the page's number below, so that a column lies in a row.
    static func key(_ field: Int64, _ page: Int) -> Int64 { field << 32 | Int64(page) }

    /// Puts the facts of some runs of one page in place of what stood in their slots.
    mutating func put(_ facts: [Int: RunFacts], page: Int, _ database: Database) throws {
        for name in facts.values.reduce(into: Set<String>(), { $0.formUnion($1.values.keys) }).subtracting(byName.keys)
            .sorted()
        {
            try database.execute(sql: "INSERT INTO field(name, pages) VALUES (?, 0)", arguments: [name])
            byName[name] = Field(key: database.lastInsertedRowID, pages: 0)
        }
        let read = try database.cachedStatement(sql: "SELECT content FROM page WHERE key = ?")
        let write = try database.cachedStatement(sql: "INSERT OR REPLACE INTO page VALUES (?, ?)")
        let count = try database.cachedStatement(sql: "UPDATE field SET pages = pages + 1 WHERE key = ?")
        for (name, field) in byName.sorted(by: { $0.value.key < $1.value.key }) {
            let key = Self.key(field.key, page)
            let row = try Row.fetchOne(read, arguments: [key])
            var column = Column()
            if let row {
                try row.withUnsafeData(atIndex: 0) { data in
                    try (data ?? Data()).withUnsafeBytes {
                        try IndexPage.decode($0, field: name, page: page, into: &column)
                    }
                }
            }
            var values = (0..<IndexPage.size).map { column[$0] }
            let before = values
            for (slot, facts) in facts { values[slot] = facts[name] }
            // Not-a-number equals nothing, so such a page is written once more; no harm.
            guard values != before else { continue }
            try write.execute(arguments: [key, IndexPage.encode(values, field: name, page: page)])
            if row == nil { try count.execute(arguments: [field.key]) }
        }
    }
}
