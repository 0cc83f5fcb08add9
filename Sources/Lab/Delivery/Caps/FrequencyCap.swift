/// At most `limit` ads to one person within any `window`.
public struct FrequencyCap: Hashable, Codable, Sendable {
    public let limit: Int
    /// Length of the sliding window, in milliseconds.
    public let window: Int64

    public init(limit: Int, window: Int64) {
        self.limit = limit
        self.window = window
    }
}

/// Exact sliding-window caps for many customers.
///
/// One ring of the last `limit` times for each customer and cap: an ad may be shown at time t exactly when the oldest of
/// them is `window` or longer ago. No counters by calendar day, which allow twice the cap around midnight. Times of one
/// customer must not decrease.
public struct FrequencyCapper: Sendable {
    public let caps: [FrequencyCap]
    public let customerCount: Int
    /// By cap, row-major [customers, limit]; `Int64.min` where nothing was shown yet.
    private var times: [[Int64]]
    /// By cap and customer: where the next time goes, which is where the oldest is.
    private var cursors: [[Int32]]

    /// - Parameter customerCount: customers are numbered from 0.
    public init(_ caps: [FrequencyCap], customerCount: Int) {
        self.caps = caps
        self.customerCount = customerCount
        times = caps.map { Array(repeating: Int64.min, count: max($0.limit, 0) * customerCount) }
        cursors = caps.map { _ in Array(repeating: 0, count: customerCount) }
    }

    /// Whether one more ad may be shown to the customer at `time` (milliseconds).
    public func permits(customer: Int, at time: Int64) -> Bool {
        for (index, cap) in caps.enumerated() {
            if cap.limit <= 0 { return false }
            let oldest = times[index][customer * cap.limit + Int(cursors[index][customer])]
            if oldest != .min, time - oldest < cap.window { return false }
        }
        return true
    }

    /// Notes that an ad was shown.
    public mutating func record(customer: Int, at time: Int64) {
        for (index, cap) in caps.enumerated() where cap.limit > 0 {
            let cursor = Int(cursors[index][customer])
            times[index][customer * cap.limit + cursor] = time
            cursors[index][customer] = Int32((cursor + 1) % cap.limit)
        }
    }
}
