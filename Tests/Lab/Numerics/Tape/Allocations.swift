import CAllocationCounter
import LabNumerics
import Testing

/// How many heap allocations `body` makes on this thread; `nil` where a sanitizer hides them.
func allocations(_ body: () -> Void) -> Int? {
    allocation_counter_begin()
    body()
    let count = allocation_counter_end()
    return count < 0 ? nil : count
}

/// Fails where a training step that has run `warmUp` times still allocates.
func expectNoAllocations(
    afterWarmUp warmUp: Int = 3, location: SourceLocation = #_sourceLocation, _ step: () -> Void
) {
    for _ in 0..<warmUp { step() }
    guard let count = allocations({ for _ in 0..<5 { step() } }) else { return }
    #expect(count == 0, "heap allocations in five steps", sourceLocation: location)
}
