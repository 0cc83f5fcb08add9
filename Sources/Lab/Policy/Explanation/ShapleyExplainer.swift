import LabDomain
public import LabNumerics
import LabStatistics

/// Shapley values of groups of features, by sampling orders: for any scorer, whatever is inside it.
///
/// The worth of a set of groups is the mean of the target where these groups are as in the explained state and all others
/// as in a background state. Every background state is used equally often, so the values sum exactly to the difference
/// between the state and the background's mean; each order is used forwards and backwards.
///
/// Source: Castro, Gómez and Tejada, "Polynomial calculation of the Shapley value based on sampling", 2009; antithetic
/// orders: Mitchell et al., "Sampling Permutations for Shapley Value Estimation", JMLR 2022, section 3.
public struct ShapleyExplainer: Sendable {
    public let scorer: any ActionScorer
    public let groups: [FeatureGroup]
    /// Row-major [states, features]: what the explained states are compared with.
    public let background: [Float]
    /// Orders a background state, each used in both directions.
    public let orders: Int

    /// Groups beyond which exact values are refused: 2ⁿ sets are evaluated.
    public static let mostExactGroups = 12

    /// - Parameter groups: those of the schema's names unless given; together they must hold every feature once.
    ///
    /// Throws `PolicyError.invalidSetting` where groups, background or orders cannot work.
    public init(
        _ scorer: any ActionScorer, background: [Float], groups: [FeatureGroup]? = nil, orders: Int = 1
    ) throws {
        let width = scorer.schema.features.count
        self.scorer = scorer
        self.groups = groups ?? scorer.schema.featureGroups
        self.background = background
        self.orders = orders
        try PolicyError.require(
            self.groups.flatMap(\.features).sorted() == Array(0..<width), "groups", self.groups.map(\.name),
            "a division of all \(width) features")
        try PolicyError.require(
            !background.isEmpty && background.count.isMultiple(of: width), "background", background.count,
            "whole rows of \(width) numbers")
        try PolicyError.require(orders >= 1, "orders", orders, "at least 1")
    }

    private var width: Int { scorer.schema.features.count }
    private var backgroundRows: Int { background.count / width }

    /// Shapley values of a weighted sum of the scores.
    ///
    /// - Parameters:
    ///   - state: shape [features].
    ///   - target: one weight an action: 1 for the score of an action, 1 and −1 for the margin between two.
    ///   - stream: where the orders are drawn from.
    public func values(of state: [Float], target: [Float], stream: RandomStream) throws -> ShapleyValues {
        try check(state, target)
        var stream = stream
        let walk = groups.count + 1
        var orders: [[Int]] = []
        var rows: [Float] = []
        rows.reserveCapacity(backgroundRows * self.orders * 2 * walk * width)
        for row in 0..<backgroundRows {
            for _ in 0..<self.orders {
                var order = Array(groups.indices)
                stream.shuffle(&order)
                for order in [order, order.reversed()] {
                    orders.append(order)
                    appendWalk(from: row, to: state, order, &rows)
                }
            }
        }
        let targets = try weighted(rows, target)
        var sums = groups.map { _ in LabStatistics.Moments() }
        let walksARow = self.orders * 2
        var (values, starts) = (0.0, 0.0)
        for row in 0..<backgroundRows {
            var gains = [Double](repeating: 0, count: groups.count)
            for number in row * walksARow..<(row + 1) * walksARow {
                for (step, group) in orders[number].enumerated() {
                    gains[group] += targets[number * walk + step + 1] - targets[number * walk + step]
                }
            }
            for group in gains.indices { sums[group].add(gains[group] / Double(walksARow)) }
            starts += targets[row * walksARow * walk]
            values = targets[row * walksARow * walk + walk - 1]
        }
        return ShapleyValues(
            value: values, background: starts / Double(backgroundRows),
            shares: zip(groups, sums).map { group, sum in
                ShapleyValues.Share(
                    group: group.name, value: sum.mean, standardError: sum.count > 1 ? sum.standardError : .nan)
            })
    }

    /// The same without sampling, from all sets of groups.
    ///
    /// Throws `PolicyError.invalidSetting` for more than `mostExactGroups` groups.
    public func exactValues(of state: [Float], target: [Float]) throws -> ShapleyValues {
        try check(state, target)
        let count = groups.count
        try PolicyError.require(
            count <= Self.mostExactGroups, "groups", count, "at most \(Self.mostExactGroups) for exact values")
        var rows: [Float] = []
        for set in 0..<1 << count {
            for row in 0..<backgroundRows {
                var mixed = Array(background[row * width..<(row + 1) * width])
                for group in 0..<count where set >> group & 1 == 1 { take(group, of: state, &mixed, at: 0) }
                rows += mixed
            }
        }
        let targets = try weighted(rows, target)
        let worth = (0..<1 << count).map { set in
            targets[set * backgroundRows..<(set + 1) * backgroundRows].reduce(0, +) / Double(backgroundRows)
        }
        // |S|! (n − |S| − 1)! / n! for a set S without the group.
        var shares = [Double](repeating: 1 / Double(count), count: count)
        for size in 1..<max(count, 1) { shares[size] = shares[size - 1] * Double(size) / Double(count - size) }
        return ShapleyValues(
            value: worth[worth.count - 1], background: worth[0],
            shares: groups.indices.map { group in
                var value = 0.0
                for set in 0..<1 << count where set >> group & 1 == 0 {
                    value += shares[set.nonzeroBitCount] * (worth[set | 1 << group] - worth[set])
                }
                return ShapleyValues.Share(group: groups[group].name, value: value, standardError: 0)
            })
    }

    private func check(_ state: [Float], _ target: [Float]) throws {
        guard state.count == width, target.count == scorer.actionCount else {
            throw PolicyError.schemaMismatch(
                policy: "\(width) numbers and \(scorer.actionCount) actions",
                found: "\(state.count) numbers and \(target.count) actions")
        }
    }

    /// Appends the states from a background state to the explained one, a group at a time.
    private func appendWalk(from row: Int, to state: [Float], _ order: [Int], _ rows: inout [Float]) {
        rows += background[row * width..<(row + 1) * width]
        for group in order {
            let start = rows.count
            rows += rows[start - width..<start]
            take(group, of: state, &rows, at: start)
        }
    }

    private func take(_ group: Int, of state: [Float], _ rows: inout [Float], at start: Int) {
        for feature in groups[group].features { rows[start + feature] = state[feature] }
    }

    private func weighted(_ rows: [Float], _ target: [Float]) throws -> [Double] {
        let scores = try scorer.scores(states: rows)
        let columns = target.indices.filter { target[$0] != 0 }
        return try (0..<scores.rows).map { row in
            let value = columns.reduce(0.0) { $0 + Double(target[$1]) * Double(scores[row, $1]) }
            guard value.isFinite else { throw PolicyError.inconsistentEvaluation("a score is \(value)") }
            return value
        }
    }
}
