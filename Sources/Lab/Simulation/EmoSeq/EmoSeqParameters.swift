import LabDomain

/// Every number that defines an EmoSeq population: who the customers are and how they answer.
///
/// A latent customer is segment × emotion × funnel × fatigue, or churned. All rates are per period; money is in
/// currency units. The defaults are preset S, the population with 12 actions whose optimum is published.
public struct EmoSeqParameters: Codable, Sendable, Equatable {
    /// Periods an episode lasts.
    public var horizon = 40
    /// Discount a period.
    public var discount = 0.98
    /// Of the observation's schema.
    public var name = "emoseq.s"
    /// What the creatives do that a contact can carry; two may do the same in different words.
    public var creatives: [CreativeKind] = [.inform, .empathise, .promote]
    /// What they are called.
    public var creativeNames = ["inform", "empathise", "promote"]
    /// Lengths in periods of the contacting actions: a contact, then quiet periods up to this length.
    public var contactPeriods = [1]
    /// Lengths in periods of the waiting actions.
    public var waits = [1, 2, 4]

    // MARK: Who they are

    /// Initial shares of the 4 segments.
    public var segmentShares = [0.3, 0.3, 0.15, 0.25]
    /// Initial shares of negative, neutral, positive.
    public var emotionShares = [0.25, 0.55, 0.2]
    /// Initial shares of the 4 stages of the funnel.
    public var funnelShares = [0.5, 0.3, 0.15, 0.05]
    /// Initial shares of the 5 degrees of fatigue.
    public var fatigueShares = [0.5, 0.25, 0.15, 0.07, 0.03]

    // MARK: Whether they engage — logits

    public var engagementIntercept = -1.2
    /// [segment, creative]
    public var creativeEffect = [[0.6, -0.4, 0.2], [0.0, 0.2, 0.9], [0.4, 0.7, -0.3], [-0.2, 0.5, 0.1]]
    /// [segment, channel]
    public var channelEffect = [[0.5, -0.2, -0.3], [-0.3, 0.5, 0.0], [0.0, 0.3, -0.4], [-0.4, -0.1, 0.6]]
    /// [creative, emotion]
    public var emotionFit = [[-0.6, 0.2, 0.3], [0.9, 0.1, -0.2], [-1.2, 0.1, 0.7]]
    /// For each degree of fatigue.
    public var fatigueEffect = -0.55
    /// For each stage of the funnel.
    public var funnelEffect = 0.35
    /// Probability of engaging without being contacted.
    public var organicEngagement = 0.03

    // MARK: Whether they buy

    /// By stage of the funnel.
    public var conversionRate = [0.002, 0.02, 0.08, 0.25]
    /// By emotion.
    public var emotionConversion = [0.35, 1.0, 1.5]
    /// Each degree of fatigue multiplies conversion by exp(−this).
    public var fatigueConversionDecay = 0.25
    /// Each creative multiplies conversion by this …
    public var creativeLift = [1.0, 1.0, 1.7]
    /// … and the price by this.
    public var creativePrice = [1.0, 1.0, 0.75]
    /// A promotion to a negative customer multiplies conversion by this as well: above 1 distress can be exploited.
    public var distressLift = 1.0
    /// No conversion probability exceeds this.
    public var conversionCeiling = 0.9
    /// Mean basket by segment, currency units.
    public var basket = [20.0, 12.0, 35.0, 25.0]
    /// Whole shape of the gamma distribution of baskets; the scale keeps the mean.
    public var basketShape = 4
    /// Cost of a contact by channel, currency units.
    public var contactCost = [0.05, 0.02, 0.12]

    // MARK: What contacts do to them

    public var churnBase = 0.004
    /// Added churn by degree of fatigue.
    public var fatigueChurn = [0.0, 0.0, 0.0, 0.015, 0.05]
    /// Added churn when a negative customer is contacted with anything but empathy.
    public var distressChurn = 0.03
    /// Probability by channel that a contact raises fatigue.
    public var fatigueRise = [0.7, 0.55, 0.9]
    /// Probability that fatigue falls in a period without contact.
    public var fatigueRecovery = 0.55
    /// Probability of falling one stage without engagement, when contacted.
    public var funnelDecayContacted = 0.1
    /// The same without contact.
    public var funnelDecayQuiet = 0.2
    /// [emotion, next emotion] without contact.
    public var emotionDrift = [[0.75, 0.22, 0.03], [0.12, 0.73, 0.15], [0.05, 0.30, 0.65]]
    /// Share of negative that an empathic contact moves to neutral.
    public var healing = 0.35
    /// Share of neutral and positive that a promotion to a negative customer moves to negative.
    public var promotionHurt = 0.15
    /// The same for any contact from this degree of fatigue on.
    public var fatigueHurt = 0.15
    public var fatigueHurtFrom = 3

    // MARK: Complaints — seen and counted; in preset S they change nothing else

    /// Probability that a contact brings a complaint.
    public var contactComplaint = 0.001
    /// Probability by degree of fatigue that a negative customer complains, contacted in this period or not.
    public var distressComplaint = [0.0, 0.0, 0.002, 0.005, 0.01]
    /// What handling a complaint costs, currency units; part of the reward, not of the contacts' cost.
    public var complaintCost = 0.0
    /// Share of complainants who leave.
    public var complaintChurn = 0.0

    // MARK: How the effects change over an episode

    /// By creative, logits of engagement that are added linearly in time until the horizon.
    public var creativeTrend = [0.0, 0.0, 0.0]
    /// The same by channel.
    public var channelTrend = [0.0, 0.0, 0.0]
    /// Conversion is multiplied by exp(this · sin 2πt/seasonLength).
    public var seasonAmplitude = 0.0
    /// Periods a season lasts.
    public var seasonLength = 20.0

    // MARK: Who logs

    /// The logging policy's preferences among the actions before the state is looked at.
    public var loggingPreferences = [0.12, 0.12, 0.06, 0.05, 0.05, 0.03, 0.12, 0.12, 0.06, 0.12, 0.08, 0.07]
    /// Share of the mass that it spreads evenly over all actions, in [0, 1].
    public var loggingUniformShare = 0.1
    /// The power to which its preferences are raised: above 1 it concentrates.
    public var loggingSharpness = 1.0
    /// How strongly the logger's choice follows the hidden emotion, in logits; 0 is not at all.
    public var loggingConfounding = 0.0

    // MARK: What is seen of them

    /// Standard deviation of the noise on the segment's one-hot.
    public var segmentNoise = 1.0
    /// Standard deviation of the noise on the emotion's one-hot (the Gaussian voice).
    public var emotionNoise = 0.7
    /// Nuisance features: AR(1) without meaning.
    public var nuisanceCount = 42
    public var nuisancePersistence = 0.9
    public var nuisanceInnovation = 0.44
    public var nuisanceScale = 2.0

    /// Preset S.
    public init() {}

    public var segmentCount: Int { segmentShares.count }
    public var emotionCount: Int { emotionShares.count }
    public var funnelCount: Int { funnelShares.count }
    public var fatigueCount: Int { fatigueShares.count }
    public var channelCount: Int { contactCost.count }
    /// Living latent states.
    public var stateCount: Int { segmentCount * emotionCount * funnelCount * fatigueCount }
    /// Whether every period is like every other.
    public var isStationary: Bool {
        seasonAmplitude == 0 && creativeTrend.allSatisfy { $0 == 0 } && channelTrend.allSatisfy { $0 == 0 }
    }
}
