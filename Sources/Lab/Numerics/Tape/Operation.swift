/// One step of a computation on a tape: how its value is computed and how a gradient is passed back.
///
/// An operation of one's own is a small struct in a file of its own, and a method of `Tape` that records it:
///
/// ```swift
/// /// out = x · y, elementwise.
/// struct Product: Operation {
///     let left: Variable
///     let right: Variable
///
///     func forward(_ output: Output, on tape: Tape) {
///         let (x, y) = (tape.pointer(left), tape.pointer(right))
///         for index in 0..<output.count { output.value[index] = x[index] * y[index] }
///     }
///
///     func backward(_ output: Output, on tape: Tape) {
///         let (x, y, slope) = (tape.pointer(left), tape.pointer(right), output.gradient)
///         if tape.needsGradient(left) {
///             let target = tape.gradientPointer(left)
///             for index in 0..<output.count { target[index] += slope[index] * y[index] }
///         }
///         if tape.needsGradient(right) { … }
///     }
/// }
///
/// extension Tape {
///     public func product(_ left: Variable, _ right: Variable) -> Variable {
///         let (rows, columns) = shape(of: left)
///         precondition(shape(of: right) == (rows, columns), "…")
///         return record(
///             Product(left: left, right: right), rows: rows, columns: columns,
///             needsGradient: needsGradient(left) || needsGradient(right))
///     }
/// }
/// ```
///
/// What an operation is made of:
/// - **Several inputs**: as many `Variable`s as it likes. Any number of them: an array goes to the tape's memory by
///   `tape.copied(_:)`, which gives the pointer to keep.
/// - **Scratch** that `backward` needs again (means, masks, softmax): `tape.scratch(count)` before recording, the pointer
///   kept in the struct. It lives until `reset()`. Scratch that only one of the two ways needs: `tape.borrowed(count)`
///   and `tape.giveBack(_:_:)`.
/// - **Integers** (targets, indices): checked against their bounds, then `tape.integers(_:)`; **weights**: `tape.copied`.
/// - **Random draws** happen before recording, into scratch, from an `inout RandomStream` of the caller.
/// - **Gradients of inputs**: `gradientPointer` gives memory to add to (zeroed at first); `gradientStorage` says whether
///   it is new, so that it can be overwritten instead, which saves a pass (GEMM: beta 0 or 1). Ask `needsGradient` first
///   where an input may be a constant. `output.gradient` is spent after `backward`: it may be overwritten there.
///
/// Rules, which keep recording at some dozens of nanoseconds and off the heap: no arrays, classes or closures inside, and
/// **no generic operation**, whose methods would not be specialised when the tape calls them.
/// The test `OperationTable` fails for an operation that has no `OperationCheck`, its definition in Double.
protocol Operation: BitwiseCopyable {
    /// Computes `output.value`; there is no gradient yet.
    func forward(_ output: Output, on tape: Tape)

    /// Adds to the gradients of the inputs what `output.gradient` means for them.
    func backward(_ output: Output, on tape: Tape)

    /// `backward` of the operation stored at `place`: this default is all that is needed.
    static func backward(at place: UnsafeRawPointer, _ output: Output, on tape: Tape)
}

/// What an operation computes: row-major [rows, columns].
struct Output {
    let value: UnsafeMutablePointer<Float>
    /// Only in `backward`; spent afterwards, so that it may be overwritten there.
    let gradient: UnsafeMutablePointer<Float>
    let rows: Int
    let columns: Int

    var count: Int { rows * columns }
}

extension Operation {
    static func backward(at place: UnsafeRawPointer, _ output: Output, on tape: Tape) {
        place.assumingMemoryBound(to: Self.self).pointee.backward(output, on: tape)
    }
}
