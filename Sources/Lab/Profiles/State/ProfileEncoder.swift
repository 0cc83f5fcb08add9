import Foundation
public import LabDomain
import LabStorage

/// A profile as numbers, for policies that decide on profiles instead of a simulator's observation.
public struct ProfileEncoder: StateEncoder {
    private let store: ProfileStore

    public init(_ store: ProfileStore) { self.store = store }

    public let schema = StateSchema(
        name: "lab.profile", version: 1,
        features: [
            "negative.average", "neutral.average", "positive.average", "mood.trend", "negative.last", "neutral.last",
            "positive.last", "reading.known", "unknown.share", "readings.log", "impressions.inform.log",
            "impressions.empathise.log", "impressions.promote.log", "engagements.log", "purchases.log", "revenue.log",
            "waits.log", "churned",
        ] + ObservedSegment.allCases.map { "segment.\($0.name)" })

    /// Shape [23]; counts as log(1 + n), revenue in units of currency as log(1 + x).
    public func state(of customer: CustomerID) throws -> StateVector? {
        guard let profile = store.profile(of: customer) else { return nil }
        let journey = profile.journey
        let last = journey.last.last ?? .zero
        var values: [Double] = [
            journey.average.x, journey.average.y, journey.average.z, journey.trend, Double(last.x), Double(last.y),
            Double(last.z), journey.lastIsKnown ? 1 : 0,
            journey.readings == 0 ? 1 : Double(journey.unknown) / Double(journey.readings),
        ]
        values += [
            journey.readings, profile.impressions.x, profile.impressions.y, profile.impressions.z, profile.engagements,
            profile.purchases,
        ].map { log1p(Double($0)) }
        values += [
            log1p(max(0, Double(profile.revenueMicros)) / 1e6), log1p(Double(profile.waits)), profile.churned ? 1 : 0,
        ]
        values += ObservedSegment.allCases.map { profile.segment == $0 ? 1 : 0 }
        return StateVector(
            values: values.map { Float($0) }, schemaDigest: Digest.sha256(Data(schema.canonicalText.utf8)))
    }
}
