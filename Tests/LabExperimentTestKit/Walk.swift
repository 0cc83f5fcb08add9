import Foundation
import GRDB
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import Synchronization

/// A small experiment for tests: a random walk with metrics, artifacts of every kind and a released value.
public struct Walk: Experiment {
    public struct Step: Codable, Sendable, Equatable {
        public var size = 1.0
        public var drift: Double?

        public init() {}
    }

    public struct Configuration: ExperimentConfiguration {
        public var steps = 200
        public var label = "walk"
        public var step = Step()
        public var levels = [0.5, 0.25]
        /// Microseconds.
        public var pause = 0

        public init() {}

        public init(steps: Int, pause: Int = 0) {
            self.steps = steps
            self.pause = pause
        }

        public static let settings = [
            Setting("steps", "How many steps the walk has.", unit: "steps"),
            Setting("label", "What the walk is called."),
            Setting("step.size", "The standard deviation of one step."),
            Setting("step.drift", "What is added at every step."),
            Setting("levels", "Levels whose crossings are counted."),
            Setting("pause", "How long each step waits.", unit: "µs"),
        ]

        public func validate() throws {
            guard steps >= 0 else {
                throw RunsError.invalidSetting(key: "steps", value: "\(steps)", requirement: "0 or more")
            }
        }
    }

    /// Makes the walk dishonest, to see that it is found out. Never set outside tests of reproduction.
    @TaskLocal public static var fault: String?
    /// How often a released value was drawn in this process.
    public static let drawn = Mutex(0)

    public static let name = "test/walk"
    public static let summary = "Walks at random."
    public static let smoke = Configuration(steps: 20)

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        var stream = run.stream("walk")
        var positions: [Double] = []
        var position = 0.0
        for step in 0..<configuration.steps {
            position += stream.nextNormal() * configuration.step.size + (configuration.step.drift ?? 0)
            if Self.fault == "metric", step == 7 { position += 1e-9 }
            positions.append(position)
            run.log("position", position, step: step)
            run.progress(Double(step + 1) / Double(configuration.steps), configuration.label)
            if configuration.pause > 0 { usleep(UInt32(configuration.pause)) }
            try run.checkCancellation()
        }
        let bytes = Data(positions.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) })
        try run.artifact("positions.bin") { url in
            var bytes = bytes
            if Self.fault == "artifact" { bytes[16] ^= 1 }
            try bytes.write(to: url)
        }
        try run.artifact("walk.sqlite") { try writeDatabase(positions, to: $0) }
        try run.artifact("host.txt", deterministic: false) { try Data(UUID().uuidString.utf8).write(to: $0) }
        try run.artifact("plots") { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data("<svg/>".utf8).write(to: folder.appending(path: "walk.svg"))
        }
        let released = try run.released("noisy.txt") {
            Self.drawn.withLock { $0 += 1 }
            return Data("\(UInt64.random(in: 0...UInt64.max))".utf8)
        }
        let mean = positions.isEmpty ? 0 : positions.reduce(0, +) / Double(positions.count)
        let shift = Self.fault == "figure" ? 1.0 : 0
        return Evaluation(
            figures: [
                Figure(
                    "mean", mean + shift, interval: Interval(lower: mean - 1, upper: mean + 1, level: 0.95),
                    count: positions.count, better: .higher),
                Figure("last", position),
            ],
            tables: [
                ResultTable(
                    "ends", columns: ["which", "value"],
                    rows: [["first", Cell(positions.first)], ["last", Cell(Self.fault == "table" ? -1 : position)]])
            ],
            notes: ["released \(released.count > 0 ? "one value" : "nothing")"])
    }

    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation {
        let size = try Data(contentsOf: trained.artifact("positions.bin")).count / 8
        run.log("size", Double(size), step: 0)
        return Evaluation(figures: [Figure("size", Double(size))])
    }

    private func writeDatabase(_ positions: [Double], to url: URL) throws {
        let database = try SQLite.open(url)
        try database.write { connection in
            try connection.execute(sql: "CREATE TABLE walk(step INTEGER PRIMARY KEY, position REAL)")
            for (step, position) in positions.enumerated() {
                let value = Self.fault == "row" && step == 3 ? 0 : position
                try connection.execute(sql: "INSERT INTO walk VALUES (?, ?)", arguments: [step, value])
            }
        }
        try database.close()
        try SQLite.finalise(url)
    }
}

/// A small experiment that reads a walk.
public struct Summit: Experiment {
    public static let name = "test/summit"
    public static let summary = "Finds the highest place of a walk."
    public static let inputs = [
        ExperimentInput(role: "walk", experiment: "test/walk"),
        ExperimentInput(role: "other", experiment: "test/walk", optional: true),
    ]
    public static let smoke = NoSettings()

    public init() {}

    public func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
        let walk = try run.parent("walk")
        let highest = try walk.metrics().map(\.value).max() ?? 0
        let both = try run.optionalParent("other") != nil
        return Evaluation(figures: [Figure("summit", highest)], notes: both ? ["two walks"] : [])
    }
}

/// A walk and its summit, one after the other.
public struct Tour: Pipeline {
    public static let name = "tour"
    public static let summary = "Walks and climbs."
    public static let stages = [
        PipelineStage("walk", "Walk", Walk.self, figures: ["last"]),
        PipelineStage("summit", "Climb", Summit.self, inputs: ["walk": "walk"]),
    ]
    public static let report: PipelineOutput? = .artifact("plots/walk.svg", of: "walk")
}

/// What the tests' own `labctl` knows.
public let testRegistry = Registry(experiments: [Walk.self, Summit.self], pipelines: [Tour.self])
