import Crypto

/// What a post is for: each text serves one purpose only.
public enum TextSplit: String, Codable, Sendable, CaseIterable {
    case train
    /// For temperatures and thresholds.
    case calibration
    case test
    /// What simulated customers say.
    case speech
}

/// Shares of the splits; a group of similar texts falls into one of them by the hash of its first text.
///
/// The same text gets the same split in every run, whatever else the source holds.
public struct SplitShares: Hashable, Codable, Sendable {
    public var train = 0.55
    public var calibration = 0.1
    public var test = 0.2
    public var speech = 0.15

    public init() {}

    /// - Throws: `StreamsError.badShares` unless the shares lie in 0…1 and sum to 1.
    public func validate() throws {
        let shares = [train, calibration, test, speech]
        guard shares.allSatisfy({ (0...1).contains($0) }) else {
            throw StreamsError.badShares("a share lies outside 0…1")
        }
        let sum = shares.reduce(0, +)
        guard abs(sum - 1) < 1e-9 else { throw StreamsError.badShares("they sum to \(sum)") }
    }

    /// The split of the group that `NormalForm.key` of its first text names.
    func split(ofGroup key: String) -> TextSplit {
        let bytes = SHA256.hash(data: Array(("split/" + key).utf8)).prefix(8)
        let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let position = Double(value >> 11) * 0x1p-53
        if position < train { return .train }
        if position < train + calibration { return .calibration }
        return position < train + calibration + test ? .test : .speech
    }
}
