public import LabDomain

/// The creatives of a campaign, found by what a policy chose and what was read.
public struct CreativeShelf: Sendable {
    public let creatives: [Creative]
    /// Places in `creatives` by kind, platform and sentiment.
    private let places: [Key: [Int]]

    private struct Key: Hashable {
        let kind: CreativeKind
        let platform: Platform
        let sentiment: Sentiment
    }

    public init(_ creatives: [Creative]) {
        self.creatives = creatives
        places = Dictionary(grouping: creatives.indices) {
            Key(kind: creatives[$0].kind, platform: creatives[$0].platform, sentiment: creatives[$0].sentiment)
        }
    }

    /// Which creative to show: the place in `creatives`.
    ///
    /// The variant depends on campaign, customer and slot alone, so that a person always sees the same one (an A/B arm).
    /// Where no text was written for the sentiment the neutral one stands in.
    ///
    /// Throws `DeliveryError.noCreative`.
    public func place(
        kind: CreativeKind, platform: Platform, sentiment: Sentiment, customer: Int, campaign: String
    ) throws -> Int {
        let found =
            places[Key(kind: kind, platform: platform, sentiment: sentiment)]
            ?? places[Key(kind: kind, platform: platform, sentiment: .neutral)]
        guard let found, let first = found.first else { throw DeliveryError.noCreative(kind: kind, platform: platform) }
        guard found.count > 1 else { return first }
        let bucket = Self.bucket("\(campaign)|\(kind.name)|\(platform.rawValue)|\(customer)", of: found.count)
        return found[bucket]
    }

    /// Throws `DeliveryError.noCreative` for the first contact of the map that has nothing to show.
    public func check(_ map: ActionMap) throws {
        for case .contact(let kind, let platform, _) in map.actions {
            for sentiment in Sentiment.allCases {
                _ = try place(kind: kind, platform: platform, sentiment: sentiment, customer: 0, campaign: "")
            }
        }
    }

    /// An even, stable split: FNV-1a over the UTF-8 bytes with MurmurHash3's finaliser, whose low bits are well mixed.
    static func bucket(_ text: String, of count: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return Int((hash ^ (hash >> 33)) % UInt64(count))
    }
}
