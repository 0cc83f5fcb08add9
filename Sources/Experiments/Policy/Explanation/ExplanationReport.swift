import LabCharts
import LabPolicy
import LabRuns
import LabSimulation
import LabStatistics

/// Collects explanations, and makes the evaluation of them.
struct ExplanationReport {
    private let explained: ExplainedLog
    private let groups: [String]
    private var decisions: [(decision: Int, explanation: DecisionExplanation)] = []
    private var segments: [SegmentExplanation] = []

    init(_ explained: ExplainedLog, groups: [String]) {
        self.explained = explained
        self.groups = groups
    }

    mutating func add(_ explanation: DecisionExplanation, of decision: Int) {
        decisions.append((decision, explanation))
    }

    mutating func add(_ segment: SegmentExplanation) { segments.append(segment) }

    /// A figure of the mean size of each group's share in the margin, a bar a segment.
    var svg: String { chart.file() }

    private var chart: BarChart {
        BarChart(
            title: "What moves the choice, by segment",
            summary: "The mean size of each part's Shapley value in the margin of the chosen action over the next, "
                + "with Student's 95 % interval over decisions.",
            categories: groups,
            series: segments.map { segment in
                (
                    "segment \(segment.segment)",
                    segment.groups.map { group in
                        BarChart.Bar(
                            group.size.value, lower: group.size.interval.lower, upper: group.size.interval.upper)
                    }
                )
            }, yName: "mean |Shapley value|")
    }

    func evaluation(_ configuration: ExplanationExperiment.Configuration, background: Int) -> Evaluation {
        var evaluation = Evaluation()
        if segments.isEmpty {
            evaluation.figures = decisions.count == 1 ? decisionFigures(decisions[0].explanation) : []
            evaluation.tables = (decisions.count == 1 ? [scores] : [course]) + [parts]
            evaluation.notes = decisions.flatMap { notes($0.decision, $0.explanation) }
        } else {
            evaluation.figures = segmentFigures
            evaluation.tables = [segmentTable, actionTable, groupTable]
        }
        evaluation.notes += [
            "Parts are Shapley values in the margin of the chosen action over the next permitted one, compared with "
                + "\(background) states of the log; they sum to the margin less its mean over these states.",
            "Standard errors cover the choice of background states and of orders, not the policy's own error.",
        ]
        return evaluation
    }

    private func name(_ action: Int) -> String { explained.actionNames[action] }

    private func notes(_ decision: Int, _ explanation: DecisionExplanation) -> [String] {
        let forced =
            explanation.runnerUp == nil
            ? ["Decision \(decision): there is no choice; its parts are those of the one action's score."] : []
        return maskNotes(decision) + forced
    }

    private func maskNotes(_ decision: Int) -> [String] {
        let reasons = explained.reasons(decision)
        let mask = explained.permitted(decision)
        if mask.allSatisfy(\.self) { return ["Decision \(decision): every action is permitted."] }
        let forbidden = mask.indices.filter { !mask[$0] }.map(name).joined(separator: ", ")
        let why = reasons.isEmpty ? "The log does not say why." : reasons.joined(separator: " ")
        return ["Decision \(decision): not permitted are \(forbidden). \(why)"]
    }

    private func decisionFigures(_ explanation: DecisionExplanation) -> [Figure] {
        var figures = [Figure("scoreChosen", explanation.scores[explanation.chosen])]
        if let gap = explanation.gap { figures.append(Figure("gap", gap)) }
        let name = explanation.gap == nil ? "scoreBackground" : "gapBackground"
        figures.append(Figure(name, explanation.margin.background))
        return figures
    }

    /// All actions of one decision, the best first.
    private var scores: ResultTable {
        var table = ResultTable("scores", columns: ["action", "name", "score", "permitted", "role"])
        guard let (decision, explanation) = decisions.first else { return table }
        let logged = Int(explained.log.actions[decision])
        for action in explanation.ranking {
            var roles: [String] = []
            if action == explanation.chosen { roles.append("chosen") }
            if action == explanation.runnerUp { roles.append("next") }
            if action == logged { roles.append("logged") }
            table.rows.append([
                Cell(action), Cell(name(action)), Cell(explanation.scores[action]),
                Cell(explanation.permitted[action] ? "yes" : "no"), Cell(roles.joined(separator: ", ")),
            ])
        }
        return table
    }

    /// The decisions of one customer in their order.
    private var course: ResultTable {
        var table = ResultTable(
            "decisions", columns: ["decision", "chosen", "next", "gap", "logged", "unmasked", "moved by"])
        for (decision, explanation) in decisions {
            table.rows.append([
                Cell(decision), Cell(name(explanation.chosen)), Cell(explanation.runnerUp.map(name)),
                Cell(explanation.gap), Cell(name(Int(explained.log.actions[decision]))),
                Cell(name(explanation.unmasked)), Cell(explanation.margin.bySize.first?.group),
            ])
        }
        return table
    }

    private var parts: ResultTable {
        var table = ResultTable("parts", columns: ["decision", "part", "value", "standardError"])
        for (decision, explanation) in decisions {
            for share in explanation.margin.bySize {
                table.rows.append([
                    Cell(decision), Cell(share.group), Cell(share.value), Cell(share.standardError),
                ])
            }
        }
        return table
    }

    private var segmentFigures: [Figure] {
        segments.flatMap { segment -> [Figure] in
            var figures = [
                Figure(
                    "gapSegment\(segment.segment)", segment.gap.value, interval: segment.gap.interval,
                    count: segment.gap.count)
            ]
            if let first = segment.groups.max(by: { $0.size.value < $1.size.value }) {
                figures.append(
                    Figure(
                        "mostMovingSegment\(segment.segment)", first.size.value, interval: first.size.interval,
                        unit: first.name, count: first.size.count))
            }
            return figures
        }
    }

    private var segmentTable: ResultTable {
        var table = ResultTable(
            "segments",
            columns: ["segment", "decisions", "gap", "gapLower", "gapUpper", "masked", "maskedLower", "maskedUpper"])
        for segment in segments {
            table.rows.append(
                [Cell(Int(segment.segment)), Cell(segment.count)] + cells(segment.gap) + cells(segment.masked))
        }
        return table
    }

    private var actionTable: ResultTable {
        var table = ResultTable("actions", columns: ["segment", "action", "name", "share", "lower", "upper"])
        for segment in segments {
            for (action, share) in segment.actions.enumerated() where share.value > 0 {
                table.rows.append(
                    [Cell(Int(segment.segment)), Cell(action), Cell(name(action))] + cells(share))
            }
        }
        return table
    }

    private var groupTable: ResultTable {
        var table = ResultTable("parts", columns: ["segment", "part", "size", "lower", "upper"])
        for segment in segments {
            for group in segment.groups.sorted(by: { $0.size.value > $1.size.value }) {
                table.rows.append([Cell(Int(segment.segment)), Cell(group.name)] + cells(group.size))
            }
        }
        return table
    }

    private func cells(_ estimate: Estimate) -> [Cell] {
        [Cell(estimate.value), Cell(estimate.interval.lower), Cell(estimate.interval.upper)]
    }
}
