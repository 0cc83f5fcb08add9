import Foundation
import LabSimulation

/// One row of a user's log after the map was applied.
struct JourneyRow {
    var line: Int
    var episode = ""
    /// A number, or seconds since 1970.
    var step = 0.0
    var terminal = true
    var segment: Int32 = 0
    var decision: JourneyDecision

    /// Applies the map to a record's values, in the order of `JourneyMap.allColumns`, or says why it cannot be used.
    static func make(line: Int, _ values: [String?], _ map: JourneyMap) -> (row: JourneyRow, problem: String?) {
        var row = JourneyRow(
            line: line,
            decision: JourneyDecision(
                observation: [], action: -1, reward: .nan, propensity: .nan,
                permitted: [Bool](repeating: true, count: map.actions.count)))
        var reader = Reader(values: values)
        for role in JourneyMap.Role.allCases where map.columns[role] != nil {
            let text = reader.next()
            if let problem = row.take(role, text, map) { return (row, problem) }
        }
        for feature in map.features {
            guard let number = Float(reader.next()), number.isFinite else {
                return (row, "feature \(feature) is not a number")
            }
            row.decision.observation.append(number)
        }
        for (number, action) in map.actions.enumerated() where map.permitted[action] != nil {
            guard let flag = flag(reader.next()) else { return (row, "permitted: \(action) is neither yes nor no") }
            row.decision.permitted[number] = flag
        }
        var outcome = JourneyOutcome.unknown.numbers
        for (place, part) in JourneyMap.outcomes.enumerated() where map.outcome[part] != nil {
            let text = reader.next()
            guard text.isEmpty || Float(text)?.isFinite == true else {
                return (row, "outcome: \(part) is not a number")
            }
            outcome[place] = Float(text) ?? .nan
        }
        row.decision.outcome = JourneyOutcome(
            engagements: outcome[0], conversions: outcome[1], complaints: outcome[2], revenue: outcome[3],
            cost: outcome[4])
        guard row.decision.permitted.contains(true) else { return (row, "the mask forbids every action") }
        guard row.decision.permitted[Int(row.decision.action)] else {
            return (row, "the action was taken though it is not permitted")
        }
        return (row, nil)
    }

    private mutating func take(_ role: JourneyMap.Role, _ text: String, _ map: JourneyMap) -> String? {
        switch role {
        case .episode:
            if text.isEmpty { return "episode is empty" }
            episode = text
        case .step:
            guard let number = Double(text) ?? UserRow.time(text)?.timeIntervalSince1970, number.isFinite else {
                return "step is neither a number nor a time"
            }
            step = number
        case .action:
            guard let number = map.actions.firstIndex(of: text) else { return "unknown action" }
            decision.action = Int32(number)
        case .reward:
            guard let number = Double(text), number.isFinite else { return "reward is not a number" }
            decision.reward = number
        case .propensity:
            guard let number = Double(text), number > 0, number <= 1 else {
                return "propensity is not above 0 and at most 1"
            }
            decision.propensity = number
        case .terminal:
            guard let flag = Self.flag(text) else { return "terminal is neither yes nor no" }
            terminal = flag
        case .elapsed:
            guard let number = Int32(text), number >= 1 else { return "elapsed is not a whole number from 1 on" }
            decision.elapsed = number
        case .segment:
            guard let number = Int32(text) else { return "segment is not a whole number" }
            segment = number
        }
        return nil
    }

    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "yes", "y": true
        case "0", "false", "no", "n": false
        default: nil
        }
    }

    private struct Reader {
        let values: [String?]
        var place = 0

        mutating func next() -> String {
            defer { place += 1 }
            return (values[place] ?? "").trimmingCharacters(in: .whitespaces)
        }
    }
}
