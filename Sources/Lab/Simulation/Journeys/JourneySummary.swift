import LabDomain
public import LabStatistics

/// What a log holds, counted in one pass that keeps only some thousand episodes in memory.
public struct JourneySummary: Sendable {
    /// An action with how often it was taken.
    public struct Action: Sendable, Equatable, Codable {
        public var action: Int
        public var count: Int
        /// How often it was permitted.
        public var permitted: Int
        /// Mean propensity where it was taken and the propensity is known, else NaN.
        public var meanPropensity: Double
        public var meanReward: Double
    }

    /// A number of the observations at decisions.
    public struct Feature: Sendable, Equatable, Codable {
        public var name: String
        public var mean: Double
        public var standardDeviation: Double
        public var least: Float
        public var greatest: Float
        /// Different values, counted up to 10,000.
        public var distinct: Int
    }

    public let schema: StateSchema
    public let discount: Double
    public let episodes: Int
    public let decisions: Int
    /// Episodes that ended by themselves rather than with the log.
    public let ended: Int
    public let segments: Int
    public let unknownPropensities: Int
    /// Share of the actions that a decision permits, on average.
    public let permittedShare: Double
    public let longest: Int
    /// Discounted return of an episode, with a 95 % interval.
    public let returns: Estimate
    public let actions: [Action]
    public let features: [Feature]

    /// Counts a log in a file. Throws what reading it throws.
    public init(_ reader: JourneyLogReader) throws {
        var counts = Counts(schema: reader.schema, actionCount: reader.actionCount)
        for start in stride(from: 0, to: reader.episodeCount, by: 2000) {
            counts.add(try reader.read(episodes: start..<min(reader.episodeCount, start + 2000)))
        }
        self.init(counts, schema: reader.schema, discount: reader.discount)
    }

    /// Counts a log in memory.
    public init(_ log: JourneyLog) {
        var counts = Counts(schema: log.schema, actionCount: log.actionCount)
        counts.add(log)
        self.init(counts, schema: log.schema, discount: log.discount)
    }

    private init(_ counts: Counts, schema: StateSchema, discount: Double) {
        self.schema = schema
        self.discount = discount
        episodes = counts.returns.count
        decisions = counts.decisions
        ended = counts.ended
        segments = counts.segments.count
        unknownPropensities = counts.unknownPropensities
        longest = counts.longest
        returns = meanInterval(counts.returns)
        permittedShare = Double(counts.permitted.reduce(0, +)) / Double(counts.decisions * counts.taken.count)
        actions = counts.taken.indices.map { action in
            Action(
                action: action, count: counts.taken[action], permitted: counts.permitted[action],
                meanPropensity: counts.propensitySums[action] / Double(counts.knownPropensities[action]),
                meanReward: counts.rewardSums[action] / Double(counts.taken[action]))
        }
        features = schema.features.indices.map { feature in
            let moments = counts.moments[feature]
            return Feature(
                name: schema.features[feature], mean: moments.mean,
                standardDeviation: moments.variance.squareRoot(), least: counts.least[feature],
                greatest: counts.greatest[feature], distinct: counts.distinct[feature].count)
        }
    }
}

extension JourneySummary {
    private struct Counts {
        var decisions = 0
        var ended = 0
        var longest = 0
        var unknownPropensities = 0
        var segments: Set<Int32> = []
        var returns = Moments()
        var taken: [Int]
        var permitted: [Int]
        var knownPropensities: [Int]
        var propensitySums: [Double]
        var rewardSums: [Double]
        var moments: [Moments]
        var least: [Float]
        var greatest: [Float]
        var distinct: [Set<Float>]

        init(schema: StateSchema, actionCount: Int) {
            taken = [Int](repeating: 0, count: actionCount)
            permitted = taken
            knownPropensities = taken
            propensitySums = [Double](repeating: 0, count: actionCount)
            rewardSums = propensitySums
            moments = [Moments](repeating: Moments(), count: schema.features.count)
            least = [Float](repeating: .infinity, count: schema.features.count)
            greatest = [Float](repeating: -.infinity, count: schema.features.count)
            distinct = [Set<Float>](repeating: [], count: schema.features.count)
        }

        mutating func add(_ log: JourneyLog) {
            for value in log.returns { returns.add(value) }
            segments.formUnion(log.segments)
            ended += log.terminal.count { $0 }
            decisions += log.decisionCount
            for decision in 0..<log.decisionCount {
                let action = Int(log.actions[decision])
                taken[action] += 1
                rewardSums[action] += log.rewards[decision]
                if log.propensities[decision].isNaN {
                    unknownPropensities += 1
                } else {
                    knownPropensities[action] += 1
                    propensitySums[action] += log.propensities[decision]
                }
                for other in 0..<taken.count where log.permitted[decision * taken.count + other] {
                    permitted[other] += 1
                }
            }
            for episode in 0..<log.episodeCount {
                let rows = log.decisions(episode)
                longest = max(longest, rows.count)
                for decision in rows { addObservation(log, row: log.observationRow(decision, episode: episode)) }
            }
        }

        private mutating func addObservation(_ log: JourneyLog, row: Int) {
            for feature in moments.indices {
                let value = log.observations[row * moments.count + feature]
                moments[feature].add(Double(value))
                least[feature] = min(least[feature], value)
                greatest[feature] = max(greatest[feature], value)
                if distinct[feature].count < 10_000 { distinct[feature].insert(value) }
            }
        }
    }
}
