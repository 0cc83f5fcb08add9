import Foundation
import LabRuns
import Synchronization

extension RunsSuite {
    /// Measurements, buffered and flushed to disk each.
    func measurements(_ options: BenchmarkOptions, _ place: Workspace) async throws -> [BenchmarkRow] {
        let points = options.quick ? 1_000 : 200_000
        let flushed = options.quick ? 3 : 50
        let found = Mutex<[BenchmarkRow]>([])
        let body = BenchmarkRun.Body { run in
            var contests = (Self.stores + [("sqlite batches", "MLflow on SQLite, batches of 1,000")]).map {
                store, name in
                Contest(
                    name: "points buffered beside \(name)", measure: .rate("points/s", work: Double(points)),
                    bar: .atLeast(1_000_000), rival: Self.mlflow("points", store, place, size: points)
                ) {
                    {
                        for step in 0..<points { run.log("loss", 0.25 + Double(step) * 1e-6, step: step) }
                        run.flush()
                    }
                }
            }
            contests.append(
                Contest(
                    name: "points flushed each", measure: .rate("points/s", work: Double(flushed)), bar: .ratio(0.8),
                    rival: .ours(name: "append and fsync alone") { try Self.appending(flushed, beside: run) },
                    clock: .wall
                ) {
                    { for step in 0..<flushed { run.log("loss", Double(step), step: step, durable: true) } }
                })
            for contest in contests where options.wants(contest.name) {
                let row = try await contest.row(options, rounds: options.quick ? 1 : 5)
                found.withLock { $0.append(row) }
            }
        }
        try await BenchmarkRun.$body.withValue(body) {
            _ = try await Launcher(workspace: place).train(BenchmarkRun.self)
        }
        return found.withLock { $0 }
    }

    /// What flushing each line must cost: the same bytes into a file of the same folder.
    private static func appending(_ count: Int, beside run: Run) throws -> () -> Void {
        let file = run.folder.deletingLastPathComponent().appending(path: "raw-\(run.id)")
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw WorkbenchError.cannotWrite(path: file.path, reason: String(cString: strerror(errno)))
        }
        let line = Array(#"{"name":"loss","step":100,"time":1795390000.123,"value":100}"#.utf8) + [0x0A]
        return {
            for _ in 0..<count {
                _ = write(descriptor, line, line.count)
                fsync(descriptor)
            }
        }
    }

    /// Start and end of a run inside the process.
    func lives(_ options: BenchmarkOptions, _ place: Workspace) async throws -> [BenchmarkRow] {
        var rows: [BenchmarkRow] = []
        for (store, name) in Self.stores {
            let contest = Contest(
                name: "start and end beside \(name)", measure: .milliseconds("ms"), bar: .atMost(20),
                rival: Self.mlflow("life", store, place), clock: .wall
            ) {
                let launcher = Launcher(workspace: place)
                return { _ = try await launcher.train(BenchmarkRun.self) }
            }
            if options.wants(contest.name) {
                rows.append(try await contest.row(options, rounds: options.quick ? 2 : 15))
            }
        }
        return rows
    }

    /// Files and folders of a sealed run.
    func inodes(_ options: BenchmarkOptions, _ place: Workspace) async throws -> [BenchmarkRow] {
        let name = "inodes a run"
        guard options.wants(name) else { return [] }
        let run = try await Launcher(workspace: place).train(BenchmarkRun.self)
        let count = 1 + (FileManager.default.enumerator(atPath: run.folder.path)?.allObjects.count ?? 0)
        let peer =
            options.peers
            ? Peers.start(Self.mlflowScript, arguments: ["inodes", "files", place.root.path, "0"]) : nil
        defer { peer?.close() }
        let theirs = try peer?.round()
        let bar = Bar.atMost(8)
        return [
            BenchmarkRow(
                name: name, value: Double(count), unit: "files and folders", peer: peer?.name,
                ratio: theirs.map { $0 / Double(count) }, bar: bar.description, met: bar.isMet(Double(count)))
        ]
    }
}
