import Foundation

/// What a post says: its text, and what is said about its images and films.
public struct PostText: Hashable, Sendable {
    public let text: String
    /// Alternative texts and captions, in the order of the images and films.
    public let mediaDescriptions: [String]

    public init(_ text: String, mediaDescriptions: [String] = []) {
        self.text = text
        self.mediaDescriptions = mediaDescriptions
    }

    /// The text, followed by a sentence `Media: ….` for each description that says something.
    ///
    /// This is the one form in which readers read a post, in training as in use, and in which posts are compared; without
    /// descriptions it is the text itself.
    public var textWithMedia: String {
        mediaDescriptions.reduce(text) { said, description in
            let description = description.trimmingCharacters(in: .whitespacesAndNewlines)
            guard let last = description.last else { return said }
            let end = ".!?…。！？".contains(last) ? "" : "."
            return said + (said.isEmpty ? "" : " ") + "Media: \(description)\(end)"
        }
    }
}
