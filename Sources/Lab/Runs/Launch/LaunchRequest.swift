import Foundation

/// What somebody asks for, before names are looked up and files are read.
public struct LaunchRequest: Sendable {
    /// A configuration file: YAML, complete or not.
    public var configurationFile: URL?
    /// Single settings `key=value`, applied last.
    public var overrides: [String]
    /// `nil` takes the file's, else 1.
    public var seed: UInt64?
    public var smoke: Bool
    /// By role; missing ones are looked up or made.
    public var inputs: [String: SealedRun]

    public init(
        configurationFile: URL? = nil, overrides: [String] = [], seed: UInt64? = nil, smoke: Bool = false,
        inputs: [String: SealedRun] = [:]
    ) {
        self.configurationFile = configurationFile
        self.overrides = overrides
        self.seed = seed
        self.smoke = smoke
        self.inputs = inputs
    }

    /// The seed of runs that name none.
    public static let defaultSeed: UInt64 = 1

    /// The settings in which this request differs from the experiment's defaults, each as `key=value`.
    public func settings<E: Experiment>(for experiment: E.Type) throws -> [String] {
        let base = try ConfigurationValue(encoding: smoke ? E.smoke : E.Configuration())
        let asked = try ConfigurationValue(encoding: resolved(for: experiment).configuration)
        return E.Configuration.settings.map(\.key).filter { (asked[$0] ?? .null) != (base[$0] ?? .null) }
            .map { "\($0)=\((asked[$0] ?? .null).inlineYAML)" }
    }

    /// The configuration and the seed that this request means for an experiment.
    public func resolved<E: Experiment>(
        for experiment: E.Type, base: E.Configuration? = nil
    ) throws -> (configuration: E.Configuration, seed: UInt64) {
        var resolver = try ConfigurationResolver(base: base ?? (smoke ? E.smoke : E.Configuration()))
        if let file = configurationFile {
            let data = try RunsError.reading(file.path) { try Data(contentsOf: file) }
            guard let text = String(data: data, encoding: .utf8) else {
                throw RunsError.malformedYAML(source: file.path, line: nil, problem: "it is not UTF-8 text")
            }
            try resolver.apply(yaml: text, source: file.path)
        }
        for override in overrides { try resolver.apply(override: override) }
        return (try resolver.resolved(), seed ?? resolver.seed ?? Self.defaultSeed)
    }
}
