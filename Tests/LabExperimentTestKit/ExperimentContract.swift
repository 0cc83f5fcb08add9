import Foundation
import LabRuns

/// What every experiment must keep, Lab's own and users': names, documented settings, configurations that survive YAML.
///
/// ```swift
/// #expect(try ExperimentContract.faults(in: Coin.self) == [])
/// ```
public enum ExperimentContract {
    /// One sentence for each fault; empty where the experiment keeps the contract.
    public static func faults<E: Experiment>(in experiment: E.Type) throws -> [String] {
        var faults: [String] = []
        if E.name.wholeMatch(of: /(study\/)?[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*/) == nil {
            faults.append("the name '\(E.name)' is not area/subject in lower case")
        }
        if !E.summary.hasSuffix(".") { faults.append("the summary is not a sentence") }
        let roles = E.inputs.map(\.role)
        if Set(roles).count != roles.count { faults.append("an input's role stands twice") }
        if roles.contains(RunRecord.trainedRole) { faults.append("the role '\(RunRecord.trainedRole)' is reserved") }
        let settings = try settingFaults(E.Configuration.self)
        // Keys that are wrong would only be found a second time below.
        guard settings.isEmpty else { return faults + settings }
        for (name, configuration) in [("default", E.Configuration()), ("smoke", E.smoke)] {
            do {
                try configuration.validate()
            } catch {
                faults.append("the \(name) configuration is not valid: \(error)")
            }
            faults += try tripFaults(configuration, name)
        }
        return faults
    }

    /// Every key is documented once, and every documented key exists.
    private static func settingFaults<C: ExperimentConfiguration>(_ configuration: C.Type) throws -> [String] {
        let documented = C.settings.map(\.key)
        var faults: [String] = []
        if Set(documented).count != documented.count { faults.append("a setting is documented twice") }
        if documented.contains(ConfigurationYAML.seedKey) { faults.append("the key 'seed' is reserved") }
        for setting in C.settings where !setting.documentation.hasSuffix(".") {
            faults.append("the documentation of '\(setting.key)' is not a sentence")
        }
        for key in try ConfigurationValue(encoding: C()).flattened().keys.sorted() where !key.isEmpty {
            let covered = documented.contains { key == $0 || key.hasPrefix($0 + ".") }
            if !covered { faults.append("the key '\(key)' is not documented") }
        }
        return faults
    }

    /// Written as YAML and read again it is the same, and so is a base that it is laid over.
    private static func tripFaults<C: ExperimentConfiguration>(_ configuration: C, _ name: String) throws -> [String] {
        let text = ConfigurationYAML.text(
            try ConfigurationValue(encoding: configuration), settings: C.settings, seed: 3)
        var resolver = try ConfigurationResolver(base: C())
        try resolver.apply(yaml: text, source: "config.yaml")
        var faults: [String] = []
        if try resolver.resolved() != configuration { faults.append("the \(name) configuration does not survive YAML") }
        if resolver.seed != 3 { faults.append("the seed does not survive YAML") }
        return faults
    }
}
