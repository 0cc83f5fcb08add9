/// Which transitions are drawn more often than others: those whose value was predicted badly.
///
/// P(i) ∝ (|error| + ε)^α; importance weights (N · P(i))^−β / max correct for it, with β growing to 1 over the training.
/// Source: Schaul, Quan, Antonoglou and Silver, "Prioritized Experience Replay", ICLR 2016, equation 1 and algorithm 1.
public struct PrioritisedReplay: Codable, Sendable, Equatable {
    /// α; 0 draws every transition alike.
    public var exponent = 0.6
    /// β at the beginning.
    public var correction = 0.4

    public init() {}

    public init(exponent: Double, correction: Double) {
        self.exponent = exponent
        self.correction = correction
    }

    /// All transitions are drawn alike.
    public static let off = PrioritisedReplay(exponent: 0, correction: 0.4)

    var isOn: Bool { exponent > 0 }

    /// Added to errors, so that none is never drawn again; in units of the reward scale.
    static let floor = 1e-3

    /// Throws `PolicyError.invalidSetting` for a value outside [0, 1].
    public func validate() throws {
        try PolicyError.require((0...1).contains(exponent), "exponent", exponent, "in [0, 1]")
        try PolicyError.require((0...1).contains(correction), "correction", correction, "in [0, 1]")
    }
}
