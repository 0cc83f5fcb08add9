/// The settings of an experiment: a plain struct whose properties have defaults.
///
/// Every setting is documented by one `Setting`; what is not documented is refused as an unknown key. Keys are the
/// property names; a nested struct's keys are joined by dots.
public protocol ExperimentConfiguration: Codable, Sendable, Equatable {
    /// The defaults.
    init()

    /// One entry for every key, in the order in which people should read them.
    static var settings: [Setting] { get }

    /// Throws `RunsError.invalidSetting` where a value is outside its range. Default: everything is valid.
    func validate() throws
}

extension ExperimentConfiguration {
    public func validate() throws {}
}

/// What one key of a configuration means.
public struct Setting: Codable, Sendable, Hashable {
    /// Dotted for nested structs: `encoder.layers`.
    public let key: String
    /// One sentence.
    public let documentation: String
    /// For example `EUR`, `posts`, `1/step`.
    public let unit: String?

    public init(_ key: String, _ documentation: String, unit: String? = nil) {
        self.key = key
        self.documentation = documentation
        self.unit = unit
    }
}

/// The configuration of an experiment that has no settings.
public struct NoSettings: ExperimentConfiguration {
    public static let settings: [Setting] = []
    public init() {}
}
