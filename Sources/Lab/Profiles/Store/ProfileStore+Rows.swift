import Foundation
import GRDB
import LabDomain

extension ProfileStore {
    static func insert(_ records: [ProfileRecord], into state: inout ProfileState, _ database: Database) throws {
        let newCustomer = try database.makeStatement(sql: "INSERT INTO customers (id, customer) VALUES (?, ?)")
        let newEvent = try database.makeStatement(
            sql: """
                INSERT INTO events (sequence, customer, time, kind, a, b, c, n, m, currency)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for record in records {
            let known = state.count
            let place = state.place(of: record.customer)
            if place == known {
                newCustomer.setUncheckedArguments([Int64(place), record.customer.rawValue])
                try newCustomer.execute()
            }
            state.apply(record)
            var arguments: StatementArguments = [state.sequence, Int64(place), record.time, record.event.code]
            arguments += record.event.columns
            newEvent.setUncheckedArguments(arguments)
            try newEvent.execute()
        }
    }

    /// Folds the events that the state has not seen yet.
    static func catchUp(_ state: inout ProfileState, _ database: Database, url: URL) throws {
        let last = try Int64.fetchOne(database, sql: "SELECT max(sequence) FROM events") ?? 0
        if last == state.sequence { return }
        let names = try Row.fetchCursor(
            database, sql: "SELECT id, customer FROM customers WHERE id >= ? ORDER BY id", arguments: [state.count])
        while let row = try names.next() {
            let place = state.place(of: CustomerID(rawValue: row[1]))
            guard place == row[0] as Int else {
                throw ProfilesError.damaged(url, "the customers are not numbered in order")
            }
        }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT sequence, customer, time, kind, a, b, c, n, m, currency FROM events
                WHERE sequence > ? ORDER BY sequence
                """, arguments: [state.sequence])
        while let row = try rows.next() {
            let place: Int = row[1]
            guard row[0] as Int64 == state.sequence + 1, state.customers.indices.contains(place),
                let event = ProfileEvent(row)
            else { throw ProfilesError.damaged(url, "event \(state.sequence + 1) is missing or malformed") }
            state.apply(ProfileRecord(customer: state.customers[place], time: row[2], event: event))
        }
    }
}

extension ProfileEvent {
    /// The columns a, b, c, n, m and currency.
    fileprivate var columns: StatementArguments {
        switch self {
        case .reading(nil): [nil, nil, nil, nil, nil, nil]
        case .reading(let reading?):
            // SQLite keeps a NaN as NULL, which reads back as unknown: the same as what it means.
            [Double(reading.x), Double(reading.y), Double(reading.z), nil, nil, nil]
        case .impression(let kind, let channel): [nil, nil, nil, Int64(kind.rawValue), Int64(channel), nil]
        case .engagement(let count): [nil, nil, nil, Int64(count), nil, nil]
        case .purchase(let amount): [nil, nil, nil, amount.micros, nil, amount.currency]
        case .wait(let periods): [nil, nil, nil, Int64(periods), nil, nil]
        case .churn: [nil, nil, nil, nil, nil, nil]
        case .objection(let objects): [nil, nil, nil, objects ? 1 : 0 as Int64, nil, nil]
        }
    }

    fileprivate init?(_ row: Row) {
        let n: Int64? = row[7]
        switch row[3] as Int64 {
        case 0:
            guard let a: Double = row[4], let b: Double = row[5], let c: Double = row[6] else {
                self = .reading(nil)
                return
            }
            self = .reading(SIMD3(Float(a), Float(b), Float(c)))
        case 1:
            guard let n, let kind = CreativeKind(rawValue: Int(n)), let m: Int64 = row[8] else { return nil }
            self = .impression(kind, channel: Int(m))
        case 2:
            guard let n else { return nil }
            self = .engagement(count: Int(n))
        case 3:
            guard let n, let currency: String = row[9] else { return nil }
            self = .purchase(Money(micros: n, currency: currency))
        case 4:
            guard let n else { return nil }
            self = .wait(periods: Int(n))
        case 5: self = .churn
        case 6:
            guard let n else { return nil }
            self = .objection(n == 1)
        default: return nil
        }
    }
}
