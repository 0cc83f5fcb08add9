import Foundation
import LabNumerics
import LabRuns

/// A walk that saves where it is: every kind of output before, between and after its checkpoints.
public struct Trek: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var steps = 40
        public var every = 10
        public var pause = 0

        public init() {}

        public init(steps: Int, every: Int, pause: Int = 0) {
            self.steps = steps
            self.every = every
            self.pause = pause
        }

        public static let settings = [
            Setting("steps", "How many steps the trek has.", unit: "steps"),
            Setting("every", "Steps between checkpoints; 0 makes none.", unit: "steps"),
            Setting("pause", "How long each step waits.", unit: "µs"),
        ]
    }

    struct State: Codable {
        var stream: RandomStream
        var step = 0
        var position = 0.0
        var highest = EarlyStopping(patience: 1_000, better: .higher)
    }

    public static let name = "test/trek"
    public static let summary = "Walks and rests."
    public static let smoke = Configuration(steps: 20, every: 5)
    /// One byte is appended for every value that was drawn to be released.
    public static let drawnFile = "drawn"

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        var state = State(stream: run.stream("trek"))
        if let checkpoint = run.resumption {
            state = try checkpoint.value("state.json", as: State.self)
        } else {
            run.log("start", 0, step: 0)
        }
        try run.artifact("map.txt") { try Data("map".utf8).write(to: $0) }
        try run.artifact("host.txt", deterministic: false) { try Data(UUID().uuidString.utf8).write(to: $0) }
        while state.step < configuration.steps {
            state.step += 1
            state.position += state.stream.nextNormal()
            run.log("position", state.step % 7 == 3 ? .nan : state.position, step: state.step)
            _ = state.highest.observe(state.position, step: state.step)
            if state.step == configuration.steps / 2 {
                try run.artifact("half") { folder in
                    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                    try Data("\(state.position)".utf8).write(to: folder.appending(path: "a.txt"))
                }
                _ = try run.released("noise.txt") { try draw(run) }
            }
            if configuration.pause > 0 { usleep(UInt32(configuration.pause)) }
            if configuration.every > 0, state.step % configuration.every == 0 {
                try run.checkpoint(step: state.step) { try Checkpoint.write(state, to: $0, "state.json") }
            }
            try run.checkCancellation()
        }
        try run.artifact("end.txt") { try Data("\(state.position)".utf8).write(to: $0) }
        return Evaluation(figures: [
            Figure("last", state.position), Figure("highest", state.highest.best ?? 0),
        ])
    }

    private func draw(_ run: Run) throws -> Data {
        let file = run.home.appending(path: Self.drawnFile)
        try FileManager.default.createDirectory(at: run.home, withIntermediateDirectories: true)
        let before = (try? Data(contentsOf: file)) ?? Data()
        try (before + [1]).write(to: file)
        // Seeded only so that runs can be compared; a reader must not see a second draw all the same.
        var noise = run.stream("noise")
        return Data("\(noise.nextUInt64())".utf8)
    }
}
