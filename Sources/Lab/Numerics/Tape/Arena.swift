/// The memory of a tape: pieces aligned to cache lines, handed out one behind the other and all taken back at once.
///
/// A step that asks for no more than the largest step before it touches the heap no more.
final class Arena {
    private static let lineSize = 64
    /// Larger pieces are followed by spare lines: rows of several matrices that begin at the same offset of their pages
    /// would otherwise compete for the same cache sets.
    private static let staggerFrom = 4096

    private struct Chunk {
        var start: UnsafeMutableRawPointer
        var size: Int
    }

    private var chunks: [Chunk] = []
    private var used = 0
    /// Heads of the lists of returned pieces by size class; a returned piece holds the address of the next one.
    private var returned = InlineArray<192, UnsafeMutableRawPointer?>(repeating: nil)

    deinit { for chunk in chunks { chunk.start.deallocate() } }

    /// Uninitialised memory for `count` values, until `reset()`.
    func take<Element: BitwiseCopyable>(_ count: Int, of type: Element.Type = Element.self)
        -> UnsafeMutablePointer<Element>
    {
        bytes(max(1, count) * MemoryLayout<Element>.stride).bindMemory(to: Element.self, capacity: max(1, count))
    }

    /// Uninitialised memory that may be given back before `reset()`, so that a long way back needs little.
    func takeReturnable(_ count: Int) -> UnsafeMutablePointer<Float> {
        let (index, size) = Self.sizeClass(count)
        if let piece = returned[index] {
            returned[index] = piece.load(as: UnsafeMutableRawPointer?.self)
            return piece.bindMemory(to: Float.self, capacity: count)
        }
        return bytes(size).bindMemory(to: Float.self, capacity: max(1, count))
    }

    /// Takes back a piece of `takeReturnable`.
    func giveBack(_ pointer: UnsafeMutablePointer<Float>, _ count: Int) {
        let index = Self.sizeClass(count).index
        let piece = UnsafeMutableRawPointer(pointer)
        piece.storeBytes(of: returned[index], as: UnsafeMutableRawPointer?.self)
        returned[index] = piece
    }

    /// Takes everything back; where several chunks were needed, one takes their place.
    func reset() {
        used = 0
        for index in 0..<192 { returned[index] = nil }
        guard chunks.count > 1 else { return }
        let size = chunks.reduce(0) { $0 + $1.size }
        for chunk in chunks { chunk.start.deallocate() }
        chunks.removeAll(keepingCapacity: true)
        addChunk(size)
    }

    private func bytes(_ count: Int) -> UnsafeMutableRawPointer {
        var size = (count + Self.lineSize - 1) & ~(Self.lineSize - 1)
        if size >= Self.staggerFrom { size += 3 * Self.lineSize }
        if chunks.isEmpty || used + size > chunks[chunks.count - 1].size {
            addChunk(max(size, chunks.last.map { 2 * $0.size } ?? 1 << 16))
        }
        defer { used += size }
        return chunks[chunks.count - 1].start + used
    }

    private func addChunk(_ size: Int) {
        chunks.append(Chunk(start: .allocate(byteCount: size, alignment: Self.lineSize), size: size))
        used = 0
    }

    /// Four classes to the doubling: at most a quarter of a piece is wasted.
    private static func sizeClass(_ count: Int) -> (index: Int, size: Int) {
        let last = (max(1, count) * MemoryLayout<Float>.stride - 1) / lineSize
        let shift = max(0, Int.bitWidth - last.leadingZeroBitCount - 3)
        let top = (last >> shift) + 1
        return (4 * shift + top - 1, (top << shift) * lineSize)
    }
}
