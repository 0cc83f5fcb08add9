public import Foundation
public struct EmojiNames: Sendable {
    public init(folder: URL) throws {}
}
public struct PostNormaliser: Sendable {
    public enum P: Sendable { case encoder }
    public struct N { public let text: String }
    public init(_ p: P, emoji: EmojiNames) {}
    public func normalise(_ t: String) -> N { N(text: t) }
}
