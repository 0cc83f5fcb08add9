import Foundation
import LabDomain
import LabNumerics
import LabStorage
import Logging
import Synchronization

/// A run while it happens: where an experiment gets its inputs and randomness from, and puts what comes of it.
///
/// All methods may be called from any thread. The folder belongs to this process until the run is sealed.
public final class Run: Sendable {
    /// ULID.
    public let id: String
    /// The experiment's name.
    public let experiment: String
    public let verb: Verb
    public let seed: UInt64
    /// Whether this is the short form.
    public let isSmoke: Bool
    public let folder: URL
    /// `$LAB_HOME`: keys and privacy ledgers, one a data owner.
    public let home: URL
    /// The data owner whose keys and ledger apply.
    public let owner: String
    public let clock: any RunClock
    /// Stands in every log line of everything that one command did; hand it on to child processes.
    public let correlation: String
    /// Writes to `log.jsonl`.
    public let logger: Logger
    /// Whether this re-executes an earlier run: nothing may be released or charged again.
    public var isReproduction: Bool { original != nil }

    let observer: any RunObserver
    let interruption: Interruption
    private let given: Mutex<[String: SealedRun]>
    let datasets: [String: Dataset]
    /// The run whose released values a reproduction reads.
    let original: SealedRun?
    let metrics: LineWriter
    let logLines: LineWriter
    let artifacts: Mutex<[String: ArtifactDeclaration]>
    let time: RunTime
    let code: CodeVersion
    let configurationDigest: String
    /// Whether every measurement waits for the disk.
    let flushesEach: Bool
    /// Seconds.
    let checkpointInterval: Double
    /// When the last checkpoint was taken, on the monotonic clock.
    let checkpointed: Mutex<UInt64>
    /// When progress was last logged, on the monotonic clock.
    private let progressed: Mutex<UInt64>
    /// What an earlier process left, where this one goes on.
    let resumed: Resumption?

    init(
        _ plan: RunPlan, folder: URL, metrics: LineWriter, logLines: LineWriter, resumed: Resumption? = nil
    ) throws {
        id = plan.record.id
        experiment = plan.record.experiment
        verb = plan.record.verb
        seed = plan.record.seed
        isSmoke = plan.record.smoke
        self.folder = folder
        home = plan.home
        owner = plan.owner
        clock = plan.clock
        correlation = plan.correlation
        observer = plan.observer
        interruption = plan.interruption
        given = Mutex(plan.parents)
        datasets = plan.datasets
        original = plan.original
        self.metrics = metrics
        self.logLines = logLines
        self.resumed = resumed
        artifacts = Mutex(resumed?.artifacts ?? [:])
        code = plan.record.code
        configurationDigest = try CheckpointManifest.configurationDigest(plan.configuration)
        flushesEach = plan.flushing == .each
        checkpointInterval = plan.checkpointInterval
        checkpointed = Mutex(plan.clock.uptimeNanoseconds())
        progressed = Mutex(plan.clock.uptimeNanoseconds())
        let time = RunTime(plan.clock, notBefore: resumed?.lastTime ?? 0)
        self.time = time
        let handler = RunLogHandler(lines: logLines, time: time, run: id, correlation: plan.correlation)
        logger = Logger(label: experiment) { _ in handler }
    }

    var parents: [String: SealedRun] { given.withLock { $0 } }

    /// Adds sealed runs that were made while this one was there, and writes them into its record.
    func adopt(parents more: [String: SealedRun]) throws {
        let all = given.withLock { given in
            given.merge(more) { _, new in new }
            return given
        }
        let file = folder.appending(path: RunFiles.record)
        var record = try RunsError.reading(file.path) {
            try CanonicalJSON.decode(RunRecord.self, from: Data(contentsOf: file))
        }
        record.parents = all.mapValues { .init(id: $0.id, experiment: $0.experiment) }
        try RunsError.writing(file.path) { try AtomicFile.write(CanonicalJSON.encodePretty(record), to: file) }
    }

    /// A stream of random numbers that depends on the seed, the experiment and `name` only.
    public func stream(_ name: String) -> RandomStream {
        RandomStream(seed: seed, name: experiment + "/" + name)
    }

    /// Tells how far the work is.
    ///
    /// - Parameters:
    ///   - fraction: in [0, 1].
    ///   - note: what is being done, in a few words.
    public func progress(_ fraction: Double, _ note: String = "") {
        let fraction = min(max(fraction, 0), 1)
        observer.progressed(self, fraction: fraction, note: note)
        // For those who watch from another process; seldom, since the log is kept.
        let now = clock.uptimeNanoseconds()
        let isDue = progressed.withLock { last in
            guard now >= last + UInt64(RunProgress.interval * 1e9) else { return false }
            last = now
            return true
        }
        if isDue { logger.info("\(RunProgress.message)", metadata: ["fraction": "\(fraction)"]) }
    }

    /// Throws when the run should stop: call it at every step boundary.
    ///
    /// Errors: `RunsError.interrupted` after Ctrl-C or when the surrounding task is cancelled; what an earlier write met,
    /// for example `RunsError.diskFull`.
    public func checkCancellation() throws {
        if interruption.isRequested || Task.isCancelled { throw RunsError.interrupted(run: reference) }
        try metrics.check()
        try logLines.check()
    }

    /// The name by which people refer to it: experiment and number.
    public var reference: String { experiment + "/" + folder.lastPathComponent }
}

/// Everything that is settled before a run begins.
struct RunPlan: Sendable {
    var record: RunRecord
    var configuration: ConfigurationValue
    var settings: [Setting]
    var parents: [String: SealedRun]
    var datasets: [String: Dataset]
    var original: SealedRun?
    var home: URL
    var owner: String
    var clock: any RunClock
    var observer: any RunObserver
    var interruption: Interruption
    var correlation: String
    var flushing: MetricFlushing
    var checkpointInterval: Double
}
