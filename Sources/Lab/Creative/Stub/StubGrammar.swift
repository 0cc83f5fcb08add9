import Foundation
import LabNumerics

/// Writes copy from phrases: a headline, as many sentences as fit, a button.
enum StubGrammar {
    static func copy(for task: StubAssignment, _ stream: inout RandomStream) -> Copy {
        let key = task.kind + "/" + task.reader
        let headlineLimit = task.limits["headline"] ?? 60
        let bodyLimit = task.limits["body"] ?? 150
        let headline = pick(StubPhrases.headlines[key] ?? [], within: headlineLimit, task, &stream)
        let body = sentences(task, key, limit: bodyLimit, &stream)
        return Copy(headline: headline, body: body, callToAction: button(task, &stream))
    }

    /// One to four sentences: an opening, facts or thoughts, and what the kind adds, never beyond the limit.
    private static func sentences(
        _ task: StubAssignment, _ key: String, limit: Int, _ stream: inout RandomStream
    ) -> String {
        var middle = task.kind == "empathise" ? task.thoughts : task.facts
        stream.shuffle(&middle)
        var parts = [pick(StubPhrases.openings[key] ?? [], within: limit, task, &stream)]
        if task.kind == "promote" {
            parts.append(pick(StubPhrases.offers[task.reader] ?? ["<offer>."], within: limit, task, &stream))
        }
        let joined = stream.nextInt(below: 3)
        if middle.count >= 2, joined == 0 {
            parts.append(sentence(middle.removeFirst() + ", and " + middle.removeFirst()))
        }
        parts += middle.prefix(3).map(sentence)
        if stream.nextInt(below: 2) == 0 {
            parts.append(pick(StubPhrases.closings[key] ?? [], within: limit, task, &stream))
        }
        let wanted = 2 + stream.nextInt(below: 3)
        var body = ""
        var used = 0
        for part in parts where used < wanted && !part.isEmpty {
            let next = body.isEmpty ? part : body + " " + part
            if next.count <= limit {
                body = next
                used += 1
            }
        }
        return body
    }

    private static func button(_ task: StubAssignment, _ stream: inout RandomStream) -> String {
        let wanted = StubPhrases.buttons[task.kind] ?? ["Learn more"]
        let allowed = task.buttons.isEmpty ? wanted : wanted.filter(task.buttons.contains)
        guard !allowed.isEmpty else { return task.buttons.first ?? "Learn more" }
        return allowed[stream.nextInt(below: allowed.count)]
    }

    /// A phrase that fits, with its slots filled; the shortest one where none does.
    private static func pick(
        _ phrases: [String], within limit: Int, _ task: StubAssignment, _ stream: inout RandomStream
    ) -> String {
        let filled = phrases.map { fill($0, task) }
        let fitting = filled.filter { $0.count <= limit }
        guard !fitting.isEmpty else { return filled.min { ($0.count, $0) < ($1.count, $1) } ?? "" }
        return fitting[stream.nextInt(below: fitting.count)]
    }

    private static func fill(_ phrase: String, _ task: StubAssignment) -> String {
        let filled = phrase.replacingOccurrences(of: "<product>", with: task.product)
            .replacingOccurrences(of: "<offer>", with: task.offer)
        return capitalised(filled)
    }

    private static func sentence(_ clause: String) -> String { capitalised(clause) + "." }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The answer as JSON with sorted keys.
    static func json(_ copy: Copy) -> String {
        func quoted(_ text: String) -> String {
            "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
        }
        return "{\"body\": \(quoted(copy.body)), \"callToAction\": \(quoted(copy.callToAction)), "
            + "\"headline\": \(quoted(copy.headline))}"
    }

    /// An answer with one of the faults that models have.
    static func faulty(_ copy: inout Copy, _ task: StubAssignment, _ stream: inout RandomStream) -> String {
        switch stream.nextInt(below: 5) {
        case 0: copy.headline += " and much more about it than anyone could fit in here"
        case 1: copy.body = "Hurry, this ends today! " + copy.body
        case 2: copy.body += " You seem sad. Buy it and save."
        case 3: return "Sure! Here is your ad: " + copy.headline
        default: copy.headline = copy.headline.uppercased()
        }
        return json(copy)
    }
}
