import Foundation

/// A folder of work: `runs/`, `bundles/`, `datasets/` and the caches in `.lab/`.
public struct Workspace: Sendable, Equatable {
    public let root: URL

    /// Takes any folder; it is made when something is written.
    public init(_ root: URL) { self.root = root.standardizedFileURL }

    public var runs: URL { root.appending(path: "runs") }
    public var bundles: URL { root.appending(path: "bundles") }
    public var datasets: URL { root.appending(path: "datasets") }
    /// Working forms of data, caches, weights by digest: can be deleted at any time.
    public var cache: URL { root.appending(path: ".lab") }

    /// `$LAB_WORKSPACE`, or the folder that the process works in.
    public static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> Workspace {
        let given = environment["LAB_WORKSPACE"].flatMap { $0.isEmpty ? nil : $0 }
        return Workspace(URL(filePath: given ?? "."))
    }

    /// `$LAB_HOME`, or `.lab` in the user's home: keys and privacy ledgers, never inside a workspace.
    public static func home(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL {
        if let given = environment["LAB_HOME"], !given.isEmpty { return URL(filePath: given) }
        return URL(filePath: environment["HOME"] ?? NSHomeDirectory()).appending(path: ".lab")
    }

    /// The folder name of an experiment: `policy/dqn` is `policy.dqn`.
    public static func folderName(ofExperiment name: String) -> String {
        name.replacingOccurrences(of: "/", with: ".")
    }

    /// The experiment of a folder name.
    public static func experimentName(ofFolder name: String) -> String {
        name.replacingOccurrences(of: ".", with: "/")
    }
}
