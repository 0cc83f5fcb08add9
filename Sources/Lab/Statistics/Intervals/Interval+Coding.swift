extension Interval {
    private enum CodingKeys: String, CodingKey {
        case lower, upper, level
    }

    /// An end that is missing or null is infinite, as JSON has no infinity.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            lower: try values.decodeIfPresent(Double.self, forKey: .lower) ?? -.infinity,
            upper: try values.decodeIfPresent(Double.self, forKey: .upper) ?? .infinity,
            level: try values.decode(Double.self, forKey: .level))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(lower.isFinite ? lower : nil, forKey: .lower)
        try values.encode(upper.isFinite ? upper : nil, forKey: .upper)
        try values.encode(level, forKey: .level)
    }
}

extension Estimate {
    private enum CodingKeys: String, CodingKey {
        case value, standardError, interval, count
    }

    /// A figure that is missing or null is not a number.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            value: try values.decodeIfPresent(Double.self, forKey: .value) ?? .nan,
            standardError: try values.decodeIfPresent(Double.self, forKey: .standardError) ?? .nan,
            interval: try values.decode(Interval.self, forKey: .interval),
            count: try values.decode(Int.self, forKey: .count))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(value.isFinite ? value : nil, forKey: .value)
        try values.encode(standardError.isFinite ? standardError : nil, forKey: .standardError)
        try values.encode(interval, forKey: .interval)
        try values.encode(count, forKey: .count)
    }
}
