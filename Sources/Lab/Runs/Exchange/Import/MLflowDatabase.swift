import Foundation
import GRDB
import LabStorage

/// Reads a tracking database of MLflow in SQLite, run by run.
///
/// Artifacts are taken only from below `artifacts`, whatever the database says: an address in it could name any file.
struct MLflowDatabase {
    let file: URL
    let artifacts: URL

    /// - Parameter artifacts: the folder below which artifacts may lie; by default the database's own.
    init(_ file: URL, artifacts: URL? = nil) {
        self.file = file
        self.artifacts = (artifacts ?? file.deletingLastPathComponent()).standardizedFileURL.resolvingSymlinksInPath()
    }

    /// Hears every run in order, or why it cannot be read. Throws `StorageError` where the file is no such database.
    func read(_ take: (String, Result<ForeignRun, ForeignDamage>) throws -> Void) throws {
        let queue = try SQLite.open(file, readOnly: true)
        defer { try? queue.close() }
        let runs = try SQLite.translating(file) {
            try queue.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT runs.*, experiments.name AS experiment FROM runs JOIN experiments USING (experiment_id)
                        WHERE runs.lifecycle_stage = 'active' AND experiments.lifecycle_stage = 'active'
                        ORDER BY experiment_id, start_time, run_uuid
                        """)
            }
        }
        for row in runs {
            let id = String.fromDatabaseValue(row["run_uuid"]) ?? ""
            let result: Result<ForeignRun, ForeignDamage>
            do {
                result = .success(
                    try SQLite.translating(file) { try queue.read { try run(id, row, $0) } })
            } catch let damage as ForeignDamage {
                result = .failure(damage)
            }
            try take(id, result)
        }
    }

    private func run(_ id: String, _ row: Row, _ database: Database) throws -> ForeignRun {
        let tags = try texts("tags", id, database)
        func time(_ column: String) throws -> Int64? {
            let value: DatabaseValue = row[column]
            return value.isNull ? nil : try MLflowMeta.time(Int64.fromDatabaseValue(value), column)
        }
        var run = ForeignRun(
            origin: RunOrigin(
                system: "mlflow", id: id, experiment: text(row["experiment"]) ?? "", name: text(row["name"]),
                status: text(row["status"]), user: text(row["user_id"]), started: try time("start_time"),
                ended: try time("end_time"), tags: tags))
        run.parameters = try texts("params", id, database)
        let points = try Row.fetchAll(
            database, sql: "SELECT key, value, timestamp, step, is_nan FROM metrics WHERE run_uuid = ? ORDER BY rowid",
            arguments: [id])
        run.metrics = try points.map { row in
            guard let name = text(row["key"]), let value = Double.fromDatabaseValue(row["value"]),
                let milliseconds = Int64.fromDatabaseValue(row["timestamp"]), abs(milliseconds) < 1 << 53,
                let step = Int.fromDatabaseValue(row["step"])
            else { throw ForeignDamage("a measurement is not complete") }
            let isNaN = Bool.fromDatabaseValue(row["is_nan"]) ?? false
            return MetricPoint(
                name: name, step: step, time: Double(milliseconds) / 1000, value: isNaN ? .nan : value)
        }
        let datasets = try Row.fetchAll(
            database,
            sql: """
                SELECT datasets.* FROM inputs JOIN datasets ON datasets.dataset_uuid = inputs.source_id
                WHERE inputs.source_type = 'DATASET' AND inputs.destination_id = ?
                """, arguments: [id])
        for row in datasets {
            guard let name = text(row["name"]), let digest = text(row["digest"]) else { continue }
            run.datasets[name] = MLflowRunReader.wholeDigest(text(row["dataset_source"])) ?? digest
        }
        try addArtifacts(of: text(row["artifact_uri"]) ?? "", to: &run)
        return run
    }

    private func addArtifacts(of address: String, to run: inout ForeignRun) throws {
        let url = address.contains("://") ? URL(string: address) : URL(filePath: address)
        let folder = url?.standardizedFileURL.resolvingSymlinksInPath()
        guard let url, url.isFileURL, let folder, (folder.path + "/").hasPrefix(artifacts.path + "/") else {
            run.notes.append("Artifacts lie at \(address) and were not imported.")
            return
        }
        run.artifacts = try ForeignFolder.files(below: folder)
    }

    private func texts(_ table: String, _ id: String, _ database: Database) throws -> [String: String] {
        var result: [String: String] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT key, value FROM \(table) WHERE run_uuid = ?", arguments: [id])
        {
            guard let key = text(row["key"]) else { throw ForeignDamage("a row of \(table) has no key") }
            result[key] = text(row["value"]) ?? ""
        }
        return result
    }

    /// A text, whatever type SQLite keeps it under.
    private func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .int64(let number): String(number)
        case .double(let number): number.description
        case .string(let text): text
        case .blob(let data): String(validating: data, as: UTF8.self)
        }
    }
}
