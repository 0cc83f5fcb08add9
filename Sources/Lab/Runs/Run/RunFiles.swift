import Foundation

/// The names of the files in a run's folder.
public enum RunFiles {
    public static let record = "run.json"
    public static let configuration = "config.yaml"
    public static let metrics = "metrics.jsonl"
    public static let log = "log.jsonl"
    public static let evaluation = "evaluation.json"
    public static let seal = "seal.json"
    public static let artifacts = "artifacts"
    /// Where under `artifacts` released values lie.
    static let released = "released/"
    /// What is being written and not finished; absent in a sealed run.
    static let partial = ".partial"
    /// What an interrupted run goes on from; not covered by the seal, and removed after it.
    static let checkpoints = ".checkpoints"
}
