import Foundation

/// A study as somebody asks for it.
public struct StudyRequest: Sendable {
    public var configuration: StudyConfiguration
    /// What the study's own resampling is derived from; the cells have the configuration's seeds.
    public var seed: UInt64
    /// By role, for all cells; missing ones are looked up or made once.
    public var inputs: [String: SealedRun]
    /// How many cells run at once; `nil` takes the processor's cores. Never more than there are cells.
    public var workers: Int?
    /// An unfinished study to go on with; its configuration, seed and inputs count then. `nil` goes on with the newest
    /// unfinished one that is the same in all of them, or begins another.
    public var resume: URL?

    public init(
        _ configuration: StudyConfiguration, seed: UInt64 = LaunchRequest.defaultSeed,
        inputs: [String: SealedRun] = [:], workers: Int? = nil, resume: URL? = nil
    ) {
        self.configuration = configuration
        self.seed = seed
        self.inputs = inputs
        self.workers = workers
        self.resume = resume
    }
}
