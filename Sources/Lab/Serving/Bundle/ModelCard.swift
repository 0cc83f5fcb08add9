/// What whoever deploys a bundle must know about it.
public struct ModelCard: Codable, Sendable, Equatable {
    /// The privacy loss of training; `none` says that the model was trained without differential privacy.
    public var epsilon: String
    /// The datasets behind the runs, sorted by name.
    public var licences: [DataLicence]
    /// Who answers for the promotion; production asks for a name.
    public var approver: String?
    public var intendedUse: String
    /// One sentence each.
    public var limits: [String]

    public init(
        epsilon: String = "none", licences: [DataLicence], approver: String? = nil, intendedUse: String,
        limits: [String]
    ) {
        self.epsilon = epsilon
        self.licences = licences
        self.approver = approver
        self.intendedUse = intendedUse
        self.limits = limits
    }
}

/// Under which terms a dataset was used.
public struct DataLicence: Codable, Sendable, Hashable {
    public var dataset: String
    /// An SPDX identifier where there is one.
    public var licence: String
    /// Whether the licence lets what was trained on the data serve commerce; `nil` where it is not known.
    public var commercialUse: Bool?

    public init(dataset: String, licence: String, commercialUse: Bool?) {
        self.dataset = dataset
        self.licence = licence
        self.commercialUse = commercialUse
    }
}

extension BundleManifest {
    /// Why this bundle may not decide about real customers, one sentence each; empty where it may.
    public var objectionsToProduction: [String] {
        var reasons: [String] = []
        if environment == .simulation { reasons.append("it is marked environment: simulation") }
        for licence in card.licences where licence.commercialUse != true {
            let known = licence.commercialUse == nil ? "does not say that it allows" : "bars"
            reasons.append("the licence of \(licence.dataset) (\(licence.licence)) \(known) commercial use")
        }
        if policy.kind == .learned, !verdict.accepted { reasons.append("the gate has not accepted its policy") }
        if card.approver?.isEmpty ?? true { reasons.append("nobody is named as its approver") }
        return reasons
    }
}
