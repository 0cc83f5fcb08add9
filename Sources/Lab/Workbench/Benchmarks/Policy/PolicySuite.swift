import LabNumerics
public import LabRuns

/// Learning steps and simulated customers, beside the loop of CleanRL, d3rlpy, Stable-Baselines3 and Tianshou.
///
/// All learn the same: observations of 32 numbers, 12 actions, a network 32-256-256-12 with ReLU, Adam at 2.5e-4, 100,000
/// transitions of which each step draws a batch, a discount of 0.99, a target network copied every 500 steps, one thread.
public struct PolicySuite: BenchmarkSuite {
    public static let name = "policy"
    public static let summary =
        "learning steps beside CleanRL's loop, d3rlpy, Stable-Baselines3 and Tianshou, and simulated customers"

    public init() {}

    public func rows(_ options: BenchmarkOptions) async throws -> [BenchmarkRow] {
        var rows: [BenchmarkRow] = []
        for contest in Self.contests where options.wants(contest.name) {
            rows.append(try await contest.row(options, rounds: options.quick ? 1 : 9))
        }
        return rows
    }

    static var contests: [Contest] { [32, 256].flatMap(learning) + [simulation] }
}
