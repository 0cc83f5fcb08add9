import Foundation

/// Which program is to be run as a sealed run, and how.
public struct CaptureRequest: Sendable {
    /// The program and its arguments.
    public var command: [String]
    /// The run's experiment is `captured/<name>`; `nil` takes the script's name.
    public var name: String?
    /// Handed to the program as `LAB_SEED`; randomness is the program's own business.
    public var seed: UInt64
    /// Names of artifacts, with `*` for any text, whose content need not come out again.
    public var exempt: [String]
    public var environment: [String: String]

    public init(
        _ command: [String], name: String? = nil, seed: UInt64 = LaunchRequest.defaultSeed, exempt: [String] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.command = command
        self.name = name
        self.seed = seed
        self.exempt = exempt
        self.environment = environment
    }
}
