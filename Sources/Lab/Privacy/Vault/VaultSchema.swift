import Foundation
import GRDB

/// The tables of a vault: a customer is in one of them at most. `user_version` is the schema's number.
enum VaultSchema {
    static let version = 1

    static func prepare(_ database: Database, url: URL) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if found == version { return }
        guard found == 0 else { throw PrivacyError.vaultVersion(url, found: found, known: version) }
        try database.execute(
            sql: """
                CREATE TABLE keys (customer TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE erased (customer TEXT PRIMARY KEY, time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TRIGGER erased_stay BEFORE DELETE ON erased
                    BEGIN SELECT RAISE(ABORT, 'an erasure is never taken back'); END;
                CREATE TRIGGER erased_get_no_key BEFORE INSERT ON keys
                    WHEN EXISTS (SELECT 1 FROM erased WHERE customer = NEW.customer)
                    BEGIN SELECT RAISE(ABORT, 'an erased customer gets no new key'); END;
                PRAGMA user_version = \(version);
                """)
    }
}
