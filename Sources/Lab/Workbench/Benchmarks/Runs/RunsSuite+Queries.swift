import Foundation
import LabRuns

extension RunsSuite {
    /// The question of every query: runs above a figure, best first, as `labctl runs list --where … --sort …` asks it.
    private static func question() throws -> RunQuery {
        RunQuery(
            [try RunFilter("figures.f1 > 0.25")], sort: "figures.f1", descending: true, limit: 20,
            columns: ["figures.f1", "config.rate", "seed"])
    }

    /// Filter and sort with a warm index.
    func queries(_ options: BenchmarkOptions, _ folder: URL) async throws -> [BenchmarkRow] {
        let (few, many) = options.quick ? (40, 120) : (1_000, 100_000)
        let small = Self.stores.map { store, name in
            Contest(
                name: "query over 1,000 runs beside \(name)", measure: .milliseconds("ms"), bar: .atMost(10),
                rival: Self.mlflow("query", store, Workspace(folder.appending(path: "peer")), size: max(few, 100)),
                clock: .wall
            ) { try Self.asking(Workspace(folder.appending(path: "few")), expecting: few) }
        }
        let large = Contest(
            name: "query over 100,000 runs", measure: .milliseconds("ms"), bar: .atMost(200), clock: .wall
        ) { try Self.asking(Workspace(folder.appending(path: "few")), expecting: many) }
        let building = "index of 100,000 runs made again"
        let contests = small.filter { options.wants($0.name) }
        let wantsLarge = options.wants(large.name) || options.wants(building)
        guard !contests.isEmpty || wantsLarge else { return [] }

        let place = Workspace(folder.appending(path: "few"))
        try await Self.makeRuns(few, in: place)
        var rows: [BenchmarkRow] = []
        for contest in contests { rows.append(try await contest.row(options, rounds: options.quick ? 1 : 9)) }
        guard wantsLarge else { return rows }
        try Self.copyRuns(few, to: many, in: place)
        let seconds = try await RoundClock.wall.seconds { _ = try place.index.rebuild() }
        if options.wants(large.name) { rows.append(try await large.row(options, rounds: options.quick ? 1 : 9)) }
        rows.append(BenchmarkRow(name: building, value: seconds, unit: "s"))
        return rows
    }

    private static func asking(_ place: Workspace, expecting count: Int) throws -> () throws -> Void {
        let query = try question()
        return {
            let index = place.index
            try index.refresh()
            let found = try index.select(query)
            _ = try index.confirm(found)
            guard found.total == count, found.count == min(20, found.matching), found.matching > 0 else {
                throw WorkbenchError.peerFailed(name: "the index", problem: "it knows \(found.total) of \(count) runs")
            }
        }
    }

    /// Sealed runs whose figures differ.
    private static func makeRuns(_ count: Int, in place: Workspace) async throws {
        let launcher = Launcher(workspace: place)
        for number in 1...count {
            var configuration = BenchmarkRun.Configuration()
            configuration.rate = Double((number * 617) % count) / Double(count)
            _ = try await launcher.train(BenchmarkRun.self, configuration: configuration, seed: UInt64(number))
        }
    }

    /// The runs again under further numbers, their files shared, until there are `total`.
    private static func copyRuns(_ count: Int, to total: Int, in place: Workspace) throws {
        let all = place.runs.appending(path: Workspace.folderName(ofExperiment: BenchmarkRun.name)).path
        let files = try FileManager.default.contentsOfDirectory(atPath: all + "/1").sorted()
        for number in count..<total {
            let target = "\(all)/\(number + 1)"
            guard mkdir(target, 0o755) == 0 else {
                throw WorkbenchError.cannotWrite(path: target, reason: String(cString: strerror(errno)))
            }
            for file in files where link("\(all)/\(number % count + 1)/\(file)", "\(target)/\(file)") != 0 {
                throw WorkbenchError.cannotWrite(path: "\(target)/\(file)", reason: String(cString: strerror(errno)))
            }
        }
    }
}
