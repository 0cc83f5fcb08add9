import LabAnalytics
import LabDelivery
import LabDomain
import LabRuns
import LabSafeguards
import LabStatistics

/// Turns the plays of a campaign into figures and tables.
struct CampaignReport {
    let learned: CampaignOutcome
    let behaviour: CampaignOutcome
    let unguarded: CampaignOutcome
    let campaign: Campaign
    let map: ActionMap
    /// Human labels of the posts, by the number in the log.
    let labels: [Int32]
    let level: Double

    private var currency: String { campaign.budget.currency }

    func evaluation() throws -> Evaluation {
        let first = Self.columns(learned)
        let second = Self.columns(behaviour)
        var figures: [Figure] = []
        for (metric, name, unit, better) in Self.metrics {
            let unit = unit == "money" ? currency : unit
            let difference = try metric.pairedDifference(first, second, level: level)
            figures.append(Self.figure(name + "Difference", difference, unit, better))
            figures.append(Self.figure(name + "Learned", try metric.estimate(first, level: level), unit, better))
            figures.append(Self.figure(name + "Behavior", try metric.estimate(second, level: level), unit, better))
        }
        let price = try CampaignMetric.value.pairedDifference(Self.columns(unguarded), first, level: level)
        figures.append(Self.figure("safeguardPrice", price, currency, nil))
        figures.append(
            Figure(
                "promotionsToDistressed", Double(learned.promotionsToDistressed + behaviour.promotionsToDistressed),
                count: Int(learned.distressed.reduce(0, +) + behaviour.distressed.reduce(0, +)), better: .lower))
        figures.append(
            Figure("promotionsToDistressedUnguarded", Double(unguarded.promotionsToDistressed), better: .lower))
        let missed = try missedDistress(learned)
        figures.append(Self.figure("missedDistressRate", missed, nil, .lower))
        figures.append(Figure("budget", campaign.budget.units, unit: currency))
        figures.append(Figure("spentLearned", Double(learned.spent) / 1_000_000, unit: currency))
        figures.append(Figure("spentBehavior", Double(behaviour.spent) / 1_000_000, unit: currency))

        return Evaluation(
            figures: figures, tables: [try segments(), try fairness(), refusals(), pacing(), actions()],
            notes: [
                "environment: simulation. The customers are simulated and speak posts of the speech split.",
                "Both policies meet the same customers with the same chance, so differences are paired.",
                "Conversions count every purchase, with or without an ad before it; a difference is what the policy caused.",
                "A campaign caps and pays contacts, so its values lie below those of a policy without limits.",
            ])
    }

    static let metrics: [(CampaignMetric, String, String?, Figure.Direction?)] = [
        (.value, "value", "money", .higher), (.clickThroughRate, "clickRate", nil, .higher),
        (.conversionRate, "conversionRate", nil, .higher), (.conversions, "conversions", nil, .higher),
        (.spend, "spend", "money", .lower), (.impressions, "impressions", nil, nil),
    ]

    static func figure(_ name: String, _ estimate: Estimate, _ unit: String?, _ better: Figure.Direction?) -> Figure {
        Figure(name, estimate.value, interval: estimate.interval, unit: unit, count: estimate.count, better: better)
    }

    static func columns(_ outcome: CampaignOutcome) -> CustomerColumns {
        CustomerColumns(
            segments: outcome.segments, impressions: outcome.impressions.map(Double.init),
            clicks: outcome.clicks.map(Double.init), conversions: outcome.conversions.map(Double.init),
            values: outcome.values, spend: outcome.cost.map { Double($0) / 1_000_000 })
    }

    /// One row a segment and metric: both arms and their paired difference.
    private func segments() throws -> ResultTable {
        let first = Self.columns(learned)
        let second = Self.columns(behaviour)
        var rows: [[Cell]] = []
        for segment in Set(first.segments).sorted() {
            let places = first.segments.indices.filter { first.segments[$0] == segment }
            guard places.count > 1 else { continue }
            let (mine, theirs) = (first.selecting(places), second.selecting(places))
            for (metric, name, _, _) in Self.metrics.prefix(3) {
                // A segment that saw no ad has no click rate.
                guard let left = try? metric.estimate(mine, level: level),
                    let right = try? metric.estimate(theirs, level: level),
                    let difference = try? metric.pairedDifference(mine, theirs, level: level)
                else { continue }
                rows.append(
                    [.text(Self.name(segment)), .text(name), Cell(places.count)] + Self.cells(left) + Self.cells(right)
                        + Self.cells(difference))
            }
        }
        return ResultTable(
            "segments",
            columns: [
                "segment", "figure", "customers", "learned", "learnedLower", "learnedUpper", "behavior",
                "behaviorLower",
                "behaviorUpper", "difference", "differenceLower", "differenceUpper",
            ], rows: rows)
    }

    /// Exposure and error by segment and by reading, under the learned policy.
    private func fairness() throws -> ResultTable {
        let count = learned.customerCount
        var misread = [Double](repeating: 0, count: count)
        var readings = [Double](repeating: 0, count: count)
        let start = Int(learned.log.customers.min() ?? 0)
        for row in 0..<learned.log.count where learned.log.posts[row] >= 0 {
            let place = Int(learned.log.customers[row]) - start
            readings[place] += 1
            if labels[Int(learned.log.posts[row])] != learned.log.readings[row] { misread[place] += 1 }
        }
        let decisions = learned.decisions.map(Double.init)
        let measures: [(String, [Double], [Double])] = [
            ("ads per decision", learned.impressions.map(Double.init), decisions),
            ("promotions per decision", learned.promotions.map(Double.init), decisions),
            ("misread posts", misread, readings),
            ("read as distressed", learned.distressed.map(Double.init), decisions),
        ]
        var rows: [[Cell]] = []
        for (name, numerators, denominators) in measures where denominators.contains(where: { $0 > 0 }) {
            let found = try FairnessRows(
                groups: learned.segments, numerators: numerators, denominators: denominators, level: level)
            rows += found.rows.map { row in
                [.text(name), .text(Self.name(row.group))] + Self.cells(row.rate) + Self.cells(row.gap)
            }
        }
        return ResultTable(
            "fairness", columns: ["measure", "segment", "rate", "lower", "upper", "gap", "gapLower", "gapUpper"],
            rows: rows + byReading())
    }

    /// What was shown on each assessment: distress gets no promotion.
    private func byReading() -> [[Cell]] {
        Assessment.allCases.compactMap { assessment in
            let rows = learned.log.assessments.indices.filter { learned.log.assessments[$0] == assessment.rawValue }
            let promoted = rows.count { map.actions[Int(learned.log.actions[$0])].kind == .promote }
            guard let rate = try? wilson(successes: promoted, trials: rows.count, level: level), !rows.isEmpty else {
                return nil
            }
            return [.text("promotions per decision"), .text("read as " + assessment.name)] + Self.cells(rate)
                + [.empty, .empty, .empty]
        }
    }

    /// Of the promotions, the share whose post a human had labelled negative: what the safeguards missed.
    private func missedDistress(_ outcome: CampaignOutcome) throws -> Estimate {
        let log = outcome.log
        let promoted = (0..<log.count).filter {
            log.posts[$0] >= 0 && map.actions[Int(log.actions[$0])].kind == .promote
        }
        return try wilson(
            successes: promoted.count { labels[Int(log.posts[$0])] == Int32(Sentiment.negative.rawValue) },
            trials: promoted.count, level: level)
    }

    private func refusals() -> ResultTable {
        var table = ResultTable(
            "refusals", columns: ["policy", "decisions", "ads", "capped", "throttled", "exhausted", "spent"])
        for (name, outcome) in [("learned", learned), ("behaviour", behaviour), ("learned, unguarded", unguarded)] {
            let decisions = Int(outcome.decisions.reduce(0, +))
            let ads = Int(outcome.impressions.reduce(0, +))
            table.rows.append([
                .text(name), Cell(decisions), Cell(ads), Cell(outcome.capped), Cell(outcome.throttled),
                Cell(outcome.exhausted), .number(Double(outcome.spent) / 1_000_000),
            ])
        }
        return table
    }

    private func pacing() -> ResultTable {
        let pacer = BudgetPacer(budget: campaign.budget, pacing: campaign.pacing, duration: campaign.duration)
        let day = campaign.duration / Int64(max(learned.spentByPeriod.count, 1))
        func units(_ micros: Int64) -> Cell { .number(Double(micros) / 1_000_000) }
        var table = ResultTable("pacing", columns: ["day", "allowed", "learned", "behavior"])
        for (period, spent) in learned.spentByPeriod.enumerated() {
            let allowed = pacer.allowance(at: Int64(period + 1) * day)
            table.rows.append([
                Cell(period + 1), units(allowed), units(spent), units(behaviour.spentByPeriod[period]),
            ])
        }
        return table
    }

    private func actions() -> ResultTable {
        func counts(_ outcome: CampaignOutcome) -> [Int] {
            outcome.log.actions.reduce(into: [Int](repeating: 0, count: map.count)) { $0[Int($1)] += 1 }
        }
        let (mine, theirs) = (counts(learned), counts(behaviour))
        return ResultTable(
            "actions", columns: ["action", "learned", "behavior"],
            rows: map.actions.indices.map { [.text(map.actions[$0].name), Cell(mine[$0]), Cell(theirs[$0])] })
    }

    private static func cells(_ estimate: Estimate) -> [Cell] {
        [finite(estimate.value), finite(estimate.interval.lower), finite(estimate.interval.upper)]
    }

    private static func finite(_ value: Double) -> Cell { value.isFinite ? .number(value) : .empty }

    private static func name(_ segment: Int32) -> String { "segment \(segment + 1)" }
}
