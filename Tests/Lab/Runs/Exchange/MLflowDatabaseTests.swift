import Foundation
import GRDB
import LabExperimentTestKit
import LabStorage
import Testing

@testable import LabRuns

@Suite struct MLflowDatabaseTests {
    let folder: TemporaryFolder
    let file: URL
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        file = folder.url.appending(path: "mlflow.db")
        launcher = Launcher(workspace: Workspace(folder.url.appending(path: "ours")))
        // The columns of MLflow 3.17.2 that are read; the client's own test reads a whole database.
        let queue = try SQLite.open(file)
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE experiments(experiment_id INTEGER, name TEXT, lifecycle_stage TEXT);
                    CREATE TABLE runs(run_uuid TEXT, name TEXT, status TEXT, user_id TEXT, start_time BIGINT,
                        end_time BIGINT, lifecycle_stage TEXT, artifact_uri TEXT, experiment_id INTEGER);
                    CREATE TABLE params(key TEXT, value TEXT, run_uuid TEXT);
                    CREATE TABLE tags(key TEXT, value TEXT, run_uuid TEXT);
                    CREATE TABLE metrics(key TEXT, value REAL, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan BOOLEAN);
                    CREATE TABLE inputs(source_type TEXT, source_id TEXT, destination_id TEXT);
                    CREATE TABLE datasets(dataset_uuid TEXT, name TEXT, digest TEXT, dataset_source TEXT);
                    INSERT INTO experiments VALUES (1, 'DQN', 'active'), (2, 'gone', 'deleted');
                    INSERT INTO runs VALUES
                        ('good', 'r1', 'FINISHED', 'me', 1795363332969, 1795363333004, 'active', 'art', 1),
                        ('away', 'r2', 'KILLED', NULL, 1795363332970, NULL, 'active', '/etc', 1),
                        ('bad', 'r3', 'FINISHED', NULL, -5, NULL, 'active', 's3://bucket/x', 1),
                        ('deleted', 'r4', 'FINISHED', NULL, 5, NULL, 'deleted', 'x', 1),
                        ('gone', 'r5', 'FINISHED', NULL, 5, NULL, 'active', 'x', 2);
                    INSERT INTO params VALUES ('lr', '0.5', 'good'), ('seed', '3', 'good');
                    INSERT INTO metrics VALUES ('loss', 0, 1795363332982, 'good', 0, 1), ('loss', 0.25, 1795363332983, 'good', 1, 0);
                    INSERT INTO inputs VALUES ('DATASET', 'd', 'good');
                    INSERT INTO datasets VALUES ('d', 'ads', 'abc', '{}');
                    """)
            try database.execute(
                sql: "UPDATE runs SET artifact_uri = ? WHERE run_uuid = 'good'",
                arguments: [folder.url.appending(path: "art").absoluteString])
        }
        try queue.close()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "art/out"), withIntermediateDirectories: true)
        try Data("x".utf8).write(to: folder.url.appending(path: "art/out/model.bin"))
    }

    @Test func runsComeInAndArtifactsOnlyFromBelowTheFolder() throws {
        let report = try MLflowImport(launcher).read(file)
        #expect(report.added == ["imported/dqn/1", "imported/dqn/2"])
        #expect(report.quarantined == [Quarantined(place: "bad", reason: "start_time is no time in milliseconds")])
        let good = try launcher.workspace.run("imported/dqn/1")
        #expect(good.record.seed == 3 && good.configuration["lr"] == .number(0.5))
        #expect(try good.metrics().map(\.value.isNaN) == [true, false])
        #expect(good.record.datasets == ["ads": "abc"] && good.artifactNames == ["out/model.bin"])
        let away = try launcher.workspace.run("imported/dqn/2")
        #expect(away.artifactNames == [])
        #expect(away.evaluation.notes.first == "Artifacts lie at /etc and were not imported.")
        #expect(try MLflowImport(launcher).read(file).present == 2)
        let narrow = Launcher(workspace: Workspace(folder.url.appending(path: "narrow")))
        _ = try MLflowImport(narrow, artifacts: folder.url.appending(path: "ours")).read(file)
        #expect(try narrow.workspace.run("imported/dqn/1").artifactNames == [])
    }

    @Test func whatIsNoDatabaseOfMLflowIsRefused() throws {
        let other = folder.url.appending(path: "other.db")
        try Data("no database at all".utf8).write(to: other)
        #expect(throws: StorageError.self) { try MLflowImport(launcher).read(other) }
        let empty = folder.url.appending(path: "empty.db")
        try SQLite.open(empty).close()
        #expect(throws: StorageError.self) { try MLflowImport(launcher).read(empty) }
    }
}
