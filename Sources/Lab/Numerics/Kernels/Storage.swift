/// Memory of one matrix on a tape: aligned to a cache line, reused through `StoragePool`.
final class Storage {
    let pointer: UnsafeMutablePointer<Float>
    let count: Int
    private let allocation: UnsafeMutableRawPointer

    /// Uninitialised memory for `count` numbers.
    init(count: Int) {
        self.count = count
        allocation = .allocate(byteCount: max(64, count * MemoryLayout<Float>.stride), alignment: 64)
        pointer = allocation.bindMemory(to: Float.self, capacity: max(16, count))
    }

    deinit { allocation.deallocate() }

    var buffer: UnsafeBufferPointer<Float> { UnsafeBufferPointer(start: pointer, count: count) }
    var mutableBuffer: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: pointer, count: count) }

    func zero() { pointer.update(repeating: 0, count: count) }

    func copy(from elements: [Float]) {
        elements.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { pointer.update(from: start, count: count) }
        }
    }

    func copied() -> [Float] { Array(buffer) }
}

/// Keeps the memory of finished steps for the next one, by exact size: a training loop asks for the same sizes again.
struct StoragePool {
    private var free: [Int: [Storage]] = [:]

    mutating func take(_ count: Int) -> Storage {
        free[count]?.popLast() ?? Storage(count: count)
    }

    mutating func giveBack(_ storage: Storage) {
        free[storage.count, default: []].append(storage)
    }
}
