extension RandomStream: Codable {
    private enum CodingKeys: String, CodingKey {
        case digest, drawn
    }

    /// How many 32-bit words were drawn so far: with the digest, the stream's exact position.
    public var drawn: UInt64 { 4 &* counter &- UInt64(32 &- position) }

    /// A stream that goes on bit for bit where the encoded one stood.
    ///
    /// Throws `DecodingError.dataCorrupted` where the digest has not 32 bytes.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let digest = try values.decode([UInt8].self, forKey: .digest)
        guard digest.count == 32 else {
            throw DecodingError.dataCorruptedError(
                forKey: .digest, in: values, debugDescription: "a stream's digest has 32 bytes, not \(digest.count)")
        }
        self.init(digest: digest)
        try skip(to: values.decode(UInt64.self, forKey: .drawn))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(digest, forKey: .digest)
        try values.encode(drawn, forKey: .drawn)
    }

    private mutating func skip(to word: UInt64) {
        counter = word / 32 &* 8
        if word % 32 > 0 {
            refill()
            position = Int(word % 32)
        }
    }
}
