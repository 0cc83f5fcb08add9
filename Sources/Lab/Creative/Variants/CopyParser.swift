import Foundation

/// Reads a model's answer: the JSON object that was asked for, also inside a code fence.
enum CopyParser {
    static func copy(from response: CompletionResponse) throws(CreativeError) -> Copy {
        var text = response.text.trimmingSpaces
        if text.hasPrefix("```") {
            text = text.split(separator: "\n").dropFirst().joined(separator: "\n")
            if let fence = text.range(of: "```", options: .backwards) { text = String(text[..<fence.lowerBound]) }
        }
        guard let copy = try? JSONDecoder().decode(Copy.self, from: Data(text.utf8)) else {
            throw .unreadableAnswer(model: response.model, excerpt: String(text.prefix(60)))
        }
        return Copy(
            headline: copy.headline.trimmingSpaces, body: copy.body.trimmingSpaces,
            callToAction: copy.callToAction.trimmingSpaces)
    }
}
