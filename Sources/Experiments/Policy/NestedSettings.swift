import LabPolicy
import LabRuns

/// Validates settings that lie under a key of an experiment's, and names the whole key where one is refused.
func validating(_ key: String, _ validate: () throws -> Void) throws {
    do {
        try validate()
    } catch PolicyError.invalidSetting(let name, let value, let requirement) {
        throw RunsError.invalidSetting(key: key + "." + name, value: value, requirement: requirement)
    }
}
