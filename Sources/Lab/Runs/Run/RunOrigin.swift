/// Where an imported run comes from: what the other program's record of it says.
public struct RunOrigin: Codable, Sendable, Equatable {
    /// `mlflow`.
    public var system: String
    /// The run's identifier there.
    public var id: String
    /// The experiment's name there, before it was made a name of ours.
    public var experiment: String
    public var name: String?
    /// For example `FINISHED`.
    public var status: String?
    public var user: String?
    /// Unix milliseconds.
    public var started: Int64?
    /// Unix milliseconds; `nil` where it never ended.
    public var ended: Int64?
    public var tags: [String: String]
}
