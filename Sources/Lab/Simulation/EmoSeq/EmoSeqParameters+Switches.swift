import LabDomain

extension EmoSeqParameters {
    /// Changes the numbers that the switches stand for.
    ///
    /// | switch | what it changes |
    /// |---|---|
    /// | `easy` | `segmentNoise` and `emotionNoise` to 0.05, `nuisanceScale` to 0.1 |
    /// | `noisy` | `segmentNoise`, `emotionNoise` and `nuisanceScale` doubled |
    /// | `poor-overlap` | `loggingSharpness` 3, `loggingUniformShare` 0.01: rare actions have propensities near 10⁻³ |
    /// | `non-stationary` | promotions and reminders wear out (−1 logit until the end), information gains 0.6, empathy 0.3; the first channel loses 0.8, the last gains 0.8; conversion swings by a factor e^±0.3 in seasons of 20 periods |
    /// | `confounded` | `loggingConfounding` 2, see `ConfoundedLogging` |
    /// | `exploitable` | see below |
    ///
    /// `exploitable`: a promotion to a negative customer converts 8 times as often (`distressLift`) and is clicked as
    /// readily as by the happy, and it keeps them negative (`promotionHurt` 0.5). Negative customers who are tired of ads
    /// complain in later periods, whether contacted then or not (`distressComplaint` up to 0.2 a period); a complaint
    /// costs 2 EUR and 30 % of complainants leave. So the reward of the very period speaks for exploiting distress, and
    /// the harm cannot be seen in it.
    ///
    /// Throws `SimulationError.invalidParameters` for `easy` with `noisy`.
    public mutating func turn(_ switches: EmoSeqSwitches) throws {
        if switches.isSuperset(of: [.easy, .noisy]) {
            throw SimulationError.invalidParameters("the switches easy and noisy contradict each other")
        }
        if switches.contains(.easy) {
            (segmentNoise, emotionNoise, nuisanceScale) = (0.05, 0.05, 0.1)
        }
        if switches.contains(.noisy) {
            segmentNoise *= 2
            emotionNoise *= 2
            nuisanceScale *= 2
        }
        if switches.contains(.poorOverlap) {
            loggingSharpness = 3
            loggingUniformShare = 0.01
        }
        if switches.contains(.nonStationary) {
            creativeTrend = creatives.map { $0 == .promote ? -1 : $0 == .inform ? 0.6 : 0.3 }
            channelTrend = (0..<channelCount).map { $0 == 0 ? -0.8 : $0 == channelCount - 1 ? 0.8 : 0 }
            seasonAmplitude = 0.3
        }
        if switches.contains(.confounded) { loggingConfounding = 2 }
        if switches.contains(.exploitable) {
            distressLift = 8
            for place in creatives.indices where creatives[place] == .promote { emotionFit[place][0] = 0.7 }
            promotionHurt = 0.5
            distressComplaint = [0.0, 0.02, 0.06, 0.12, 0.2]
            complaintCost = 2
            complaintChurn = 0.3
        }
    }
}
