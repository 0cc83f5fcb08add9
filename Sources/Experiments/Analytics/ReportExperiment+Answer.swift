import LabAnalytics
import LabCharts
import LabRuns
import LabStatistics

extension ReportExperiment {
    /// The verdict, its reasons and the few figures that matter most.
    func answer(_ evidence: ReportEvidence, _ gate: GateFile, _ refused: GateFile) -> ReportSection {
        let share = NumberFormat.percent(0).string(gate.exposure)
        var reasons = gate.reasons.map { Prose($0) }
        if let difference = evidence.figure("campaign", "valueDifference") {
            let better = (difference.interval?.lower ?? difference.value) > 0
            reasons.append(
                """
                In a simulated campaign on fresh customers the learned policy earns \
                \(strong: Wording.full(difference)) a customer \(better ? "more than" : "compared with") the behaviour policy.
                """)
        }
        if let distressed = evidence.figure("campaign", "promotionsToDistressed") {
            reasons.append(
                """
                \(strong: Wording.value(distressed)) promotions went to customers read as distressed, of \
                \(Double(distressed.count ?? 0), .integer) such decisions.
                """)
        }
        let verdict = ReportVerdict(
            tone: gate.accepted ? .good : .bad, question: "May I ship this policy?",
            answer: gate.accepted ? "Yes, to \(share) of decisions at first" : "No, keep the behaviour policy",
            reasons: reasons)
        var blocks: [ReportBlock] = [.verdict(verdict)]

        let difference = evidence.figure("campaign", "valueDifference")
        let distressed = evidence.figure("campaign", "promotionsToDistressed")
        let figures = [
            Wording.key(
                "Value a customer, against behaviour", difference,
                remark: difference.map { ($0.interval?.lower ?? 0) > 0 ? "better" : "not shown to be better" },
                tone: (difference?.interval?.lower ?? 0) > 0 ? .good : .caution),
            Wording.key("Click rate, against behaviour", evidence.figure("campaign", "clickRateDifference")),
            Wording.key(
                "Promotions to the distressed", distressed, remark: distressed?.value == 0 ? "none" : "must be none",
                tone: distressed?.value == 0 ? .good : .bad),
            Self.price(evidence),
            Wording.key("Macro-F1 of the readings", evidence.figure("language", "macroF1")),
            gate.isThere
                ? KeyFigure(
                    "First-stage exposure", value: share, remark: gate.accepted ? "accepted" : "refused",
                    tone: gate.accepted ? .good : .bad) : nil,
        ].compactMap { $0 }
        if !figures.isEmpty { blocks.append(.keyFigures(figures)) }
        if refused.isThere {
            let outcome =
                refused.accepted ? "was accepted, which it should not have been" : "was refused, as it should be"
            blocks.append(
                .note(
                    """
                    To see that the gate can say no, \(refused.candidate) was judged as well: it \(outcome). \
                    \(refused.reasons.first ?? "")
                    """))
        }
        blocks.append(
            .note(
                """
                All customers in this report are simulated. It shows that the method works on a population whose truth is \
                known, not that a policy will work on people; production refuses what is marked \(code: "simulation").
                """))
        return ReportSection("The answer", blocks)
    }

    /// What a customer is worth less because the safeguards act.
    static func price(_ evidence: ReportEvidence) -> KeyFigure? {
        let price = evidence.figure("campaign", "safeguardPrice")
        return Wording.key(
            "Price of the safeguards a customer", price,
            remark: price.map { $0.value < 0 ? "negative: with them more is earned" : "value given up for them" })
    }

    /// One row a stage.
    func pipeline(_ evidence: ReportEvidence) -> [ReportSection] {
        let rows = evidence.stages.map { stage -> [ReportTable.Cell] in
            let figures = stage.evaluation.figures.prefix(3).map { Wording.name($0.name) + " " + Wording.full($0) }
            return [.text(stage.title), .code(stage.run.experiment), .text(figures.joined(separator: "; "))]
        }
        return [
            ReportSection(
                "From posts to a verdict",
                [
                    .paragraph(
                        """
                        Each stage is a sealed run that reads what earlier stages sealed. \(code: "labctl reproduce") \
                        repeats any of them and compares the result.
                        """),
                    .table(
                        ReportTable(
                            caption: "The stages and their first figures",
                            columns: [.init("Stage"), .init("Experiment"), .init("Figures")], rows: rows)),
                ])
        ]
    }
}
