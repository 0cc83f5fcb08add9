import LabSimulation
import LabTestKit
import Testing

@testable import LabPolicy

@Suite struct BanditEstimatorTests {
    struct Known: Decodable {
        let value: Double
        let sumOfSquares: Double?
        enum CodingKeys: String, CodingKey {
            case value
            case sumOfSquares = "round_sumsq"
        }
    }

    struct OpenBandit: Decodable {
        let propensity: Double
        let actions: [Int]
        let positions: [Int]
        let rewards: [Double]
        /// [item][position]
        let evaluated: [[Double]]
        let model: [[Double]]
        let estimates: [String: Known]
    }

    struct Synthetic: Decodable {
        let ratios: [Double]
        let rewards: [Double]
        let actionValues: [Double]
        let stateValues: [Double]
        let estimates: [String: Known]
    }

    static let settings: [(String, BanditEstimator)] =
        [
            ("ipw", .inversePropensity(.none)), ("snipw", .selfNormalizedInversePropensity), ("dm", .directMethod),
            ("dr", .doublyRobust(.none)), ("sndr", .selfNormalizedDoublyRobust),
        ]
        + [1.0, 2, 5, 10].flatMap { bound -> [(String, BanditEstimator)] in
            [
                ("cipw(lambda=\(bound))", .inversePropensity(.clip(bound))),
                ("cdr(lambda=\(bound))", .doublyRobust(.clip(bound))),
                ("switch-dr(lambda=\(bound))", .doublyRobust(.switching(bound))),
                ("dr-os(lambda=\(bound))", .doublyRobust(.optimistic(bound))),
            ]
        }
        + [0.005, 0.05, 0.5].flatMap { scale -> [(String, BanditEstimator)] in
            [
                ("sg-ipw(lambda=\(scale))", .inversePropensity(.subGaussian(scale))),
                ("sg-dr(lambda=\(scale))", .doublyRobust(.subGaussian(scale))),
            ]
        }

    func compare(_ log: BanditLog, with estimates: [String: Known]) throws {
        for (name, estimator) in Self.settings {
            let known = try #require(estimates[name])
            #expect(abs(estimator.value(log) - known.value) < 1e-9, "\(name)")
            let squares = estimator.contributions(log).reduce(0) { $0 + $1 * $1 }
            #expect(abs(squares - (known.sumOfSquares ?? squares)) < 1e-7, "\(name)")
        }
    }

    @Test func openBanditEstimatesAreTheReferences() throws {
        let data: OpenBandit = try Fixture.json("Policy/openBandit.json")
        let rounds = data.actions.indices
        let direct = (0..<3).map { position in
            data.evaluated.indices.reduce(0.0) { $0 + data.evaluated[$1][position] * data.model[$1][position] }
        }
        let log = try BanditLog(
            rewards: data.rewards,
            ratios: rounds.map { data.evaluated[data.actions[$0]][data.positions[$0]] / data.propensity },
            actionValues: rounds.map { data.model[data.actions[$0]][data.positions[$0]] },
            stateValues: rounds.map { direct[data.positions[$0]] })
        try compare(log, with: data.estimates)
    }

    @Test func roundsAndAPolicyGiveTheReferencesToo() throws {
        let data: OpenBandit = try Fixture.json("Policy/openBandit.json")
        var rounds = BanditRounds(itemCount: 34, positionCount: 3, features: [])
        for index in data.actions.indices {
            rounds.append(
                .init(
                    context: [], item: data.actions[index], position: data.positions[index],
                    reward: data.rewards[index], propensity: data.propensity))
        }
        let policy = data.positions.flatMap { position in data.evaluated.map { $0[position] } }
        let model = data.positions.flatMap { position in data.model.map { $0[position] } }
        let log = try BanditLog(rounds, policy: policy, model: model)
        try compare(log, with: data.estimates)
        let weighted = try BanditLog(rounds, policy: policy)
        let estimator = BanditEstimator.inversePropensity(.none)
        #expect(estimator.value(weighted) == estimator.value(log))
        #expect(throws: PolicyError.self) { try BanditLog(rounds, policy: policy.dropLast()) }
        #expect(throws: PolicyError.self) { try BanditLog(rounds, policy: policy.map { $0 / 2 }) }
        rounds.append(.init(context: [], item: 0, reward: 0, propensity: .nan))
        #expect(throws: PolicyError.self) { try BanditLog(rounds, policy: policy + data.evaluated.map { $0[0] }) }
    }

    @Test func syntheticEstimatesAreTheReferences() throws {
        let data: Synthetic = try Fixture.json("Policy/syntheticBandit.json")
        try compare(
            BanditLog(
                rewards: data.rewards, ratios: data.ratios, actionValues: data.actionValues,
                stateValues: data.stateValues), with: data.estimates)
    }
}
