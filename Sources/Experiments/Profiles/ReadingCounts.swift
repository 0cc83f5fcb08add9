import LabDomain
import LabRuns
import LabSafeguards
import LabSimulation
import LabStatistics

/// Readings against the hidden emotions of those who were read, and what the safeguards made of them.
struct ReadingCounts {
    /// Decisions by hidden emotion and likeliest sentiment; readings of low confidence in a fourth column.
    private var read = [[Int]](repeating: [0, 0, 0, 0], count: 3)
    /// Decisions by hidden emotion and assessment.
    private var assessed = [[Int]](repeating: [0, 0, 0], count: 3)
    private var agreements: [(hits: Int, trials: Int)] = []
    /// By assessment, for each customer.
    private var shares = [[(hits: Int, trials: Int)]](repeating: [], count: 3)

    init(spoken: SpokenPosts, log: JourneyLog, safeguard: Safeguard) throws {
        let permitted = try safeguard.permittedActions(probabilities: log.readings, audience: .adult)
        for episode in 0..<log.episodeCount {
            var hits = 0
            var known = 0
            var counts = [0, 0, 0]
            for decision in log.decisions(episode) {
                let hidden = spoken.hiddenEmotion(log.posts[decision])
                let reading = log.readings[3 * decision..<3 * decision + 3]
                let best = reading.indices.max { reading[$0] < reading[$1] }.map { $0 - reading.startIndex } ?? 0
                let confident = Double(reading.max() ?? 0) >= safeguard.thresholds.confidence
                read[hidden][confident ? best : 3] += 1
                if confident {
                    known += 1
                    hits += best == hidden ? 1 : 0
                }
                let assessment = permitted.assessments[decision].rawValue
                assessed[hidden][assessment] += 1
                counts[assessment] += 1
            }
            agreements.append((hits, known))
            for index in 0..<3 { shares[index].append((counts[index], log.decisions(episode).count)) }
        }
    }

    var figures: [Figure] {
        get throws {
            var figures = [try Self.share("readingAgreement", agreements, better: .higher)]
            for assessment in Assessment.allCases {
                figures.append(try Self.share("share.\(assessment.name)", shares[assessment.rawValue]))
            }
            // Of the decisions about people whose hidden emotion is negative: how many were protected.
            let negative = assessed[Sentiment.negative.rawValue]
            let seen = try wilson(
                successes: negative[Assessment.distressed.rawValue], trials: max(1, negative.reduce(0, +)))
            figures.append(
                Figure("distressSeen", seen.value, interval: seen.interval, count: seen.count, better: .higher))
            return figures
        }
    }

    var confusion: ResultTable {
        ResultTable(
            "readings", columns: ["hidden emotion"] + Sentiment.allCases.map { "read \($0.name)" } + ["unknown"],
            rows: Sentiment.allCases.map { hidden in [.text(hidden.name)] + read[hidden.rawValue].map { Cell($0) } })
    }

    var assessments: ResultTable {
        ResultTable(
            "assessments", columns: ["hidden emotion"] + Assessment.allCases.map(\.name),
            rows: Sentiment.allCases.map { hidden in [.text(hidden.name)] + assessed[hidden.rawValue].map { Cell($0) } }
        )
    }

    /// A ratio of sums over customers, with the linearised standard error that takes each customer as one draw.
    private static func share(
        _ name: String, _ customers: [(hits: Int, trials: Int)], better: Figure.Direction? = nil
    ) throws -> Figure {
        let trials = Double(max(1, customers.reduce(0) { $0 + $1.trials }))
        let ratio = Double(customers.reduce(0) { $0 + $1.hits }) / trials
        let squares = customers.reduce(0.0) { sum, customer in
            let residual = Double(customer.hits) - ratio * Double(customer.trials)
            return sum + residual * residual
        }
        let half = 1.959963984540054 * squares.squareRoot() / trials
        return Figure(
            name, ratio, interval: Interval(lower: max(0, ratio - half), upper: min(1, ratio + half), level: 0.95),
            count: Int(trials), better: better)
    }
}
