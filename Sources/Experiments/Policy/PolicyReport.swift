import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// Collects what is known of policies, from the log and from the simulator, and makes the evaluation of it.
struct PolicyReport {
    static let unguarded = "learned without safeguard"
    static func mixtureName(_ share: Double) -> String { String(format: "mixture %.2f", share) }

    private struct Row {
        let policy: String
        let estimator: String
        let estimate: Estimate
        let support: WeightSupport?
        let thinlySupported: Double
    }

    /// Held-out customers.
    let customers: Int
    private var rows: [Row] = []
    private var truths: [(name: String, result: RolloutResult)] = []

    init(customers: Int) { self.customers = customers }

    /// Adds all estimates of one policy.
    mutating func add(
        _ name: String, _ seen: JourneyEvaluation, model: ModelValues, behavior: JourneyEvaluation,
        supportFloor: Double, resamples: Int, stream: RandomStream
    ) throws {
        let log = try seen.offPolicyLog(model: model)
        let thin = seen.thinlySupportedMass(behavior: behavior, floor: supportFloor)
        for estimator in OffPolicyEstimator.allCases {
            let estimate = try OffPolicyEstimate(estimator, log, resamples: resamples, stream: stream)
            rows.append(
                Row(
                    policy: name, estimator: estimator.name, estimate: estimate.estimate, support: estimate.support,
                    thinlySupported: thin))
        }
        rows.append(
            Row(
                policy: name, estimator: "FQE", estimate: meanInterval(seen.directValue(model)), support: nil,
                thinlySupported: thin))
    }

    mutating func add(truth result: RolloutResult, of name: String) { truths.append((name, result)) }

    private func truth(_ name: String) -> RolloutResult? { truths.first { $0.name == name }?.result }

    private func row(_ policy: String, _ estimator: String) -> Row? {
        rows.first { $0.policy == policy && $0.estimator == estimator }
    }

    /// - Parameter voice: how the fresh customers were heard, for the notes.
    func evaluation(kernel: EmoSeqKernel, voice: String) -> Evaluation {
        var evaluation = Evaluation()
        func add(_ name: String, _ estimate: Estimate, unit: String = "EUR", better: Figure.Direction? = .higher) {
            evaluation.figures.append(
                Figure(
                    name, estimate.value, interval: estimate.interval, unit: unit, count: estimate.count,
                    better: better))
        }
        for (figure, name) in [
            ("valueLearned", "learned"), ("valueBehavior", "behaviour"), ("valueUniform", "uniform"),
        ] {
            if let result = truth(name) { add(figure, meanInterval(result.values)) }
        }
        if let learned = truth("learned"), let behavior = truth("behaviour") {
            add("gain", meanInterval(zip(learned.values, behavior.values).map { $0 - $1 }))
        }
        for estimator in ["PDIS", "WDR", "FQE"] {
            if let row = row("learned", estimator) { add("estimate\(estimator)", row.estimate) }
        }
        if let support = row("learned", "PDIS")?.support {
            evaluation.figures.append(
                Figure("effectiveSample", support.effectiveSampleSize, unit: "customers", count: support.episodes))
        }
        let optimum = EmoSeqSolution.optimum(kernel).value
        evaluation.figures.append(Figure("valueOptimum", optimum, unit: "EUR"))
        evaluation.figures.append(Figure("valueOptimumGuarded", Self.guardedOptimum(kernel), unit: "EUR"))
        if let free = truth(Self.unguarded), let learned = truth("learned") {
            add("safeguardPrice", meanInterval(zip(free.values, learned.values).map { $0 - $1 }), better: nil)
            evaluation.figures.append(
                Figure(
                    "promotionsToDistressed", Double(learned.promotionsToDistressed), unit: "promotions",
                    count: learned.assessments[Assessment.distressed.rawValue], better: .lower))
            evaluation.figures.append(
                Figure(
                    "promotionsToDistressedUnguarded", Double(free.promotionsToDistressed), unit: "promotions",
                    count: free.assessments[Assessment.distressed.rawValue]))
        }
        evaluation.tables = [estimates, simulated]
        evaluation.notes = [
            "Estimates come from \(customers) held-out customers; truth from fresh simulated customers (\(voice)).",
            """
            Values are EUR a customer, discounted over 40 periods. The optimum knows the hidden state; no policy that \
            sees only observations can reach it. Its guarded form never promotes to or empathises with the negative.
            """,
            """
            safeguardPrice is measured in simulation only: the same network without the mask, less the value with it. \
            The network was never trained on what the mask forbids, so the price can be negative.
            """,
            "The interval of FQE covers the choice of customers, not the error of its network.",
        ]
        return evaluation
    }

    /// The optimum when emotions are known and the negative may only be informed or left alone.
    private static func guardedOptimum(_ kernel: EmoSeqKernel) -> Double {
        let parameters = kernel.parameters
        let actions = parameters.actions
        return EmoSeqSolution.optimum(kernel) { state, action in
            guard state < parameters.stateCount, parameters.state(state).emotion == 0 else { return true }
            return actions[action].creative == nil || actions[action].creative == .inform
        }.value
    }

    private var estimates: ResultTable {
        var table = ResultTable(
            "estimates",
            columns: [
                "policy", "estimator", "value", "standardError", "lower", "upper", "truth", "effectiveSample",
                "meanWeight", "maximumWeight", "thinlySupported",
            ])
        for row in rows {
            let truth = truth(row.policy).map { meanInterval($0.values).value }
            table.rows.append([
                Cell(row.policy), Cell(row.estimator), Cell(row.estimate.value), Cell(row.estimate.standardError),
                Cell(row.estimate.interval.lower), Cell(row.estimate.interval.upper), Cell(truth),
                Cell(row.support?.effectiveSampleSize), Cell(row.support?.meanWeight),
                Cell(row.support?.maximumWeight), Cell(row.thinlySupported),
            ])
        }
        return table
    }

    private var simulated: ResultTable {
        var table = ResultTable(
            "simulated",
            columns: [
                "policy", "value", "lower", "upper", "contacts", "engagements", "conversions", "churned",
                "promotionsToDistressed",
            ])
        for (name, result) in truths {
            let value = meanInterval(result.values)
            let customers = Double(result.customerCount)
            func mean(_ counts: [Int32]) -> Cell { Cell(Double(counts.reduce(0, +)) / customers) }
            table.rows.append([
                Cell(name), Cell(value.value), Cell(value.interval.lower), Cell(value.interval.upper),
                mean(result.contacts), mean(result.engagements), mean(result.conversions),
                Cell(Double(result.churned.count { $0 }) / customers), Cell(result.promotionsToDistressed),
            ])
        }
        return table
    }
}
