import COpenBLAS

/// How many threads a matrix product uses, whichever library computes it.
///
/// One by default: sums then have one order, and two runs of a process give equal bits.
public enum BLASThreads {
    /// Sets the number of threads for all later products of the process; at least 1.
    public static func set(_ count: Int) {
        applyDefault()
        openblas_set_num_threads(Int32(max(1, count)))
    }

    /// The number of threads in use.
    public static var count: Int {
        applyDefault()
        return Int(openblas_get_num_threads())
    }

    private static let oneThread: Void = openblas_set_num_threads(1)

    static func applyDefault() { _ = oneThread }
}
