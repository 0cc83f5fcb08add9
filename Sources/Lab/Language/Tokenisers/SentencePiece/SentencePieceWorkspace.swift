import Synchronization

/// Memory for cutting one text, kept from text to text: one for each thread.
final class SentencePieceWorkspace: @unchecked Sendable {
    // Unchecked: `SentencePieceWorkspacePool` gives it to one thread at a time.

    /// The best way that ends at a byte.
    struct Node {
        /// The sum of its scores.
        var score: Float
        /// Where its last piece begins, or -1 where no way ends here.
        var start: Int32
        var id: Int32
    }

    /// Bytes behind the text that may be read.
    static let padding = 32
    /// What is larger is not kept.
    private static let keptBytes = 1 << 20

    /// The normalised text.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var byteCapacity = 1 << 10
    private(set) var nodes: UnsafeMutablePointer<Node>
    /// The ids, at most one a byte.
    private(set) var ids: UnsafeMutablePointer<Int32>
    private var nodeCapacity = 1 << 10

    init() {
        bytes = .allocate(capacity: byteCapacity + Self.padding)
        nodes = .allocate(capacity: nodeCapacity)
        ids = .allocate(capacity: nodeCapacity)
    }

    deinit {
        bytes.deallocate()
        nodes.deallocate()
        ids.deallocate()
    }

    var isKept: Bool { byteCapacity <= Self.keptBytes && nodeCapacity <= Self.keptBytes }

    /// Makes room for a text of `count` bytes and keeps the first `kept`.
    @inline(__always)
    func reserve(bytes count: Int, keeping kept: Int) {
        if count > byteCapacity { growBytes(count, keeping: kept) }
    }

    private func growBytes(_ count: Int, keeping kept: Int) {
        byteCapacity = count + count / 2
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity + Self.padding)
        grown.update(from: bytes, count: kept)
        bytes.deallocate()
        bytes = grown
    }

    /// Makes room for the nodes and ids of `count` bytes; what they held is lost.
    func reserve(nodes count: Int) {
        guard count > nodeCapacity else { return }
        nodeCapacity = count + count / 2
        nodes.deallocate()
        ids.deallocate()
        nodes = .allocate(capacity: nodeCapacity)
        ids = .allocate(capacity: nodeCapacity)
    }
}

/// Workspaces that are not in use.
final class SentencePieceWorkspacePool: Sendable {
    private let idle = Mutex<[SentencePieceWorkspace]>([])

    func take() -> SentencePieceWorkspace { idle.withLock { $0.popLast() } ?? SentencePieceWorkspace() }

    func giveBack(_ workspace: SentencePieceWorkspace) {
        if workspace.isKept { idle.withLock { $0.append(workspace) } }
    }
}
