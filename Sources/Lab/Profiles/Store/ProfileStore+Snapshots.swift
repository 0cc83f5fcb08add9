import Foundation
import GRDB
import LabDomain
import LabStorage

extension ProfileStore {
    /// Keeps the state, so that opening need not fold every event again. Older snapshots go.
    public func writeSnapshot() throws {
        let state = self.state
        var writer = ProfileEncoding()
        for place in state.customers.indices {
            writer.append(state.customers[place].rawValue)
            writer.append(state[place])
        }
        try SQLite.translating(url) {
            try queue.write { database in
                try database.execute(sql: "DELETE FROM snapshots")
                try database.execute(
                    sql: "INSERT INTO snapshots (sequence, digest, state) VALUES (?, ?, ?)",
                    arguments: [state.sequence, state.digest, writer.data])
            }
        }
    }

    /// The newest snapshot; `nil` where there is none, or where it is damaged: the events are there to be folded.
    static func snapshot(_ database: Database, url: URL, rules: ProfileRules) throws -> ProfileState? {
        let row = try Row.fetchOne(
            database, sql: "SELECT sequence, digest, state FROM snapshots ORDER BY sequence DESC LIMIT 1")
        guard let row else { return nil }
        var state = ProfileState(rules: rules)
        var reader = ProfileDecoding(row[2])
        while !reader.isAtEnd {
            guard let customer = reader.text(), let profile = reader.profile() else { return nil }
            state.profiles[state.place(of: CustomerID(rawValue: customer))] = profile
        }
        state.sequence = row[0]
        return state.digest == row[1] as String ? state : nil
    }

    /// Writes the table `profiles` anew, for whoever reads the store with SQL.
    public func materialise() throws {
        let state = self.state
        try SQLite.translating(url) {
            try queue.write { database in
                try database.execute(sql: "DELETE FROM profiles")
                let insert = try database.makeStatement(
                    sql: "INSERT INTO profiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                for place in state.customers.indices {
                    let profile = state[place]
                    let journey = profile.journey
                    insert.setUncheckedArguments([
                        state.customers[place].rawValue, profile.segment.name, journey.current?.name, journey.readings,
                        journey.unknown, journey.average.x, journey.average.y, journey.average.z, journey.trend,
                        profile.impressions.wrappedSum(), profile.engagements, profile.purchases, profile.revenueMicros,
                        profile.waits, profile.churned, profile.objected, profile.lastTime,
                    ])
                    try insert.execute()
                }
            }
        }
    }
}
