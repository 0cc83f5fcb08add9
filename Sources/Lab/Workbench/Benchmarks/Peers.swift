import Foundation

/// Where peers are installed.
public enum Peers {
    /// The Python of `.venv-peers`, which `make bench` sets up and names in `LAB_PEERS_PYTHON`; `nil` without it.
    public static var python: URL? {
        guard let path = ProcessInfo.processInfo.environment["LAB_PEERS_PYTHON"],
            FileManager.default.isExecutableFile(atPath: path)
        else { return nil }
        return URL(filePath: path)
    }

    /// Starts a peer where peers are installed; `nil` otherwise, or when this one cannot start.
    public static func start(_ script: String, arguments: [String] = [], threads: Int = 1) -> PeerProcess? {
        guard let python else { return nil }
        return try? PeerProcess(python: python, script: script, arguments: arguments, threads: threads)
    }
}
