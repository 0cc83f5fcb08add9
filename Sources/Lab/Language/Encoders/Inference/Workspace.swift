/// Memory for the numbers of one batch, kept from batch to batch: one for each thread.
final class Workspace: @unchecked Sendable {
    // Unchecked: `WorkspacePool` gives it to one thread at a time.
    typealias Memory = UnsafeMutablePointer<Float>

    private var blocks: [(start: Memory, capacity: Int)] = []

    deinit { for block in blocks { UnsafeMutableRawPointer(block.start).deallocate() } }

    /// The memory of this number for at least `count` numbers, which begins at a cache line and holds anything.
    func memory(_ number: Int, count: Int) -> Memory {
        while blocks.count <= number { blocks.append((Self.allocate(1), 1)) }
        if blocks[number].capacity < count {
            // A quarter more, since batches differ a little.
            let capacity = count + count / 4
            UnsafeMutableRawPointer(blocks[number].start).deallocate()
            blocks[number] = (Self.allocate(capacity), capacity)
        }
        return blocks[number].start
    }

    private static func allocate(_ count: Int) -> Memory {
        UnsafeMutableRawPointer.allocate(byteCount: max(64, count * MemoryLayout<Float>.stride), alignment: 64)
            .bindMemory(to: Float.self, capacity: count)
    }
}
