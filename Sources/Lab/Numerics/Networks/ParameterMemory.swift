/// The memory of a trainable matrix: its elements and, once asked for, its gradient, aligned to cache lines.
///
/// Values are changed by the one `Parameter` that owns it (`ParameterBox` is counted for that), gradients by the tape on
/// which its network was recorded; both belong to the thread that trains. That is what makes sending it safe.
final class ParameterMemory: @unchecked Sendable {
    let count: Int
    let value: UnsafeMutablePointer<Float>
    private(set) var gradient: UnsafeMutablePointer<Float>?
    /// Whether `gradient` holds sums of backward passes.
    private(set) var hasGradient = false
    /// Grows with every change of the elements.
    private(set) var version = 0

    init(count: Int) {
        self.count = count
        value = Self.allocate(count)
    }

    deinit {
        UnsafeMutableRawPointer(value).deallocate()
        if let gradient { UnsafeMutableRawPointer(gradient).deallocate() }
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer.allocate(byteCount: max(64, count * MemoryLayout<Float>.stride), alignment: 64)
            .bindMemory(to: Float.self, capacity: max(1, count))
    }

    /// Memory to which the tape writes a gradient; uninitialised until then.
    func beginGradient() -> UnsafeMutablePointer<Float> {
        hasGradient = true
        if let gradient { return gradient }
        let memory = Self.allocate(count)
        gradient = memory
        return memory
    }

    func forgetGradient() { hasGradient = false }

    /// The elements in memory of its own; the gradient only for who has recorded it, since others may be in the middle
    /// of writing it.
    func copy(withGradient: Bool) -> ParameterMemory {
        let copy = ParameterMemory(count: count)
        copy.value.update(from: value, count: count)
        if withGradient, hasGradient, let gradient { copy.beginGradient().update(from: gradient, count: count) }
        return copy
    }

    func noteChange() { version &+= 1 }
}

/// Counts the owners of a memory: several copies of a network share one until one of them changes.
final class ParameterBox: Sendable {
    let memory: ParameterMemory

    init(_ memory: ParameterMemory) { self.memory = memory }
}
