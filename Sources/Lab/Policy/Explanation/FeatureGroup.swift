public import LabDomain

/// Features that are told apart in no explanation: one part of what is known of a customer.
public struct FeatureGroup: Sendable, Equatable {
    public let name: String
    /// Places in the observation, ascending.
    public let features: [Int]

    public init(_ name: String, features: [Int]) {
        self.name = name
        self.features = features
    }
}

extension StateSchema {
    /// The features by their names up to the last dot, in the order of the schema: `creative.last.none` and
    /// `creative.last.inform` are one group, `creative.last`. A feature that shares its beginning with none keeps its name.
    public var featureGroups: [FeatureGroup] {
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (place, feature) in features.enumerated() {
            let parts = feature.split(separator: ".")
            let beginning = parts.count > 1 ? parts.dropLast().joined(separator: ".") : feature
            if members[beginning] == nil { order.append(beginning) }
            members[beginning, default: []].append(place)
        }
        return order.map { beginning in
            let places = members[beginning] ?? []
            return FeatureGroup(places.count == 1 ? features[places[0]] : beginning, features: places)
        }
    }
}
