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

    /// What the log alone says.
    func evaluation(of journeys: LoggedJourneys) -> Evaluation {
        var evaluation = Evaluation(figures: estimateFigures, tables: [estimates])
        if let row = row("behaviour", "PDIS") {
            evaluation.figures.insert(Self.figure("valueBehavior", row.estimate), at: 0)
        }
        evaluation.notes = [
            "Estimates come from \(customers) held-out customers; the truth is not known outside of a simulator.",
            Self.fittedNote,
        ]
        if journeys.estimatesPropensities {
            evaluation.notes.append(
                "The log states no propensities: they were estimated by imitating it, and no interval covers that.")
        }
        return evaluation
    }

    /// The same beside the truth.
    func evaluation(of journeys: LoggedJourneys, in world: SimulatedWorld) throws -> Evaluation {
        var evaluation = Evaluation()
        for (figure, name) in [
            ("valueLearned", "learned"), ("valueBehavior", "behaviour"), ("valueUniform", "uniform"),
        ] {
            if let result = truth(name) { evaluation.figures.append(Self.figure(figure, meanInterval(result.values))) }
        }
        if let learned = truth("learned"), let behavior = truth("behaviour") {
            evaluation.figures.append(
                Self.figure("gain", meanInterval(zip(learned.values, behavior.values).map { $0 - $1 })))
        }
        evaluation.figures += estimateFigures
        let kernel = EmoSeqKernel(world.parameters)
        let optimum = EmoSeqSolution.optimum(kernel).value
        let rules = AssessedActions(
            world.safeguard, table: try world.parameters.actionTable,
            odds: world.odds(RandomStream(seed: 1, name: "policy/odds")))
        let guarded = EmoSeqSolution.optimum(kernel, under: rules).value
        evaluation.figures.append(Figure("valueOptimum", optimum, unit: "EUR"))
        evaluation.figures.append(Figure("valueOptimumGuarded", guarded, unit: "EUR"))
        if let learned = truth("learned") {
            evaluation.figures.append(
                Self.figure("regret", meanInterval(learned.values.map { guarded - $0 }), better: .lower))
        }
        if let free = truth(Self.unguarded), let learned = truth("learned") {
            evaluation.figures.append(
                Self.figure(
                    "safeguardPrice", meanInterval(zip(free.values, learned.values).map { $0 - $1 }), better: nil))
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
            "Estimates come from \(customers) held-out customers; truth from fresh simulated customers (\(world.voiceName)).",
            """
            Values are EUR a customer, discounted over \(world.parameters.horizon) periods. The optimum knows the hidden \
            state; no policy that sees only observations can reach it. Its guarded form knows the state as well, and may \
            do what the safeguards leave of each reading; regret is the distance to it.
            """,
            """
            safeguardPrice is measured in simulation only: the same network without the mask, less the value with it. \
            The network was never trained on what the mask forbids, so the price can be negative.
            """, Self.fittedNote,
        ]
        return evaluation
    }

    private static let fittedNote = "The interval of FQE covers the choice of customers, not the error of its network."

    private static func figure(
        _ name: String, _ estimate: Estimate, better: Figure.Direction? = .higher
    ) -> Figure {
        Figure(
            name, estimate.value, interval: estimate.interval, unit: "EUR", count: estimate.count, better: better)
    }

    private var estimateFigures: [Figure] {
        var figures = ["PDIS", "WDR", "FQE"].compactMap { estimator in
            row("learned", estimator).map { Self.figure("estimate\(estimator)", $0.estimate) }
        }
        if let support = row("learned", "PDIS")?.support {
            figures.append(
                Figure("effectiveSample", support.effectiveSampleSize, unit: "customers", count: support.episodes))
        }
        return figures
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
