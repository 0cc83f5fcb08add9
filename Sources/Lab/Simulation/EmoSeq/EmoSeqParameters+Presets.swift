import LabDomain

extension EmoSeqParameters {
    /// The population S: 3 creatives × 3 channels and waiting 1, 2 or 4 periods, 12 actions; horizon 40, discount 0.98.
    public static let presetS = EmoSeqParameters()

    /// The population L: 4 creatives × 4 platforms, each followed by 0, 1 or 3 quiet periods, and holding still for one
    /// period, 49 actions.
    ///
    /// It is S with a fourth creative — a reminder of what was looked at, with a small discount, which is a promotion to
    /// the safeguards — and a fourth platform. The customers are those of S; only what is new was added.
    public static let presetL: EmoSeqParameters = {
        var large = EmoSeqParameters()
        large.name = "emoseq.l"
        large.creatives = [.inform, .empathise, .promote, .promote]
        large.creativeNames = ["inform", "empathise", "promote", "remind"]
        large.contactPeriods = [1, 2, 4]
        large.waits = [1]
        large.creativeEffect = [
            [0.6, -0.4, 0.2, 0.1], [0.0, 0.2, 0.9, 0.4], [0.4, 0.7, -0.3, 0.5], [-0.2, 0.5, 0.1, 0.3],
        ]
        large.channelEffect = [
            [0.5, -0.2, -0.3, 0.2], [-0.3, 0.5, 0.0, 0.1], [0.0, 0.3, -0.4, 0.5], [-0.4, -0.1, 0.6, 0.2],
        ]
        large.emotionFit = [[-0.6, 0.2, 0.3], [0.9, 0.1, -0.2], [-1.2, 0.1, 0.7], [-0.9, 0.3, 0.4]]
        large.creativeLift = [1.0, 1.0, 1.7, 1.25]
        large.creativePrice = [1.0, 1.0, 0.75, 0.95]
        large.contactCost = [0.05, 0.02, 0.12, 0.08]
        large.fatigueRise = [0.7, 0.55, 0.9, 0.65]
        large.creativeTrend = [0, 0, 0, 0]
        large.channelTrend = [0, 0, 0, 0]
        // Two nuisance numbers less, so that an observation has 64 numbers as in S.
        large.nuisanceCount = 40
        let (creatives, channels, waits) = ([0.24, 0.12, 0.22, 0.14], [0.3, 0.3, 0.15, 0.25], [0.5, 0.3, 0.2])
        large.loggingPreferences =
            creatives.flatMap { creative in channels.flatMap { channel in waits.map { creative * channel * $0 } } }
            + [0.28]
        return large
    }()

    /// The names of the presets.
    public static let presetNames = ["S", "L"]

    /// A preset with switches turned.
    ///
    /// Throws `SimulationError.unknownPreset`, or `.invalidParameters` for switches that contradict each other.
    public static func preset(named name: String, switches: EmoSeqSwitches = []) throws -> EmoSeqParameters {
        var parameters: EmoSeqParameters
        switch name {
        case "S": parameters = presetS
        case "L": parameters = presetL
        default: throw SimulationError.unknownPreset(name)
        }
        try parameters.turn(switches)
        return parameters
    }
}
