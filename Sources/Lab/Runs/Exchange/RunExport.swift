import Foundation

/// Sealed runs written in the form that another project's program reads.
///
/// An export never changes a run. What is written is complete or not there: it is put together in a folder beside the
/// target and renamed. The same runs give the same bytes.
public protocol RunExport: Sendable {
    /// Writes the runs to `folder`, which is made where it is missing; what stands there already is kept.
    ///
    /// Errors: `RunsError` where a run is damaged, where `folder` holds something else, or where writing fails.
    func write(_ runs: [SealedRun], to folder: URL) throws -> ExportReport
}

/// What an export wrote.
public struct ExportReport: Codable, Sendable, Equatable {
    public var folder: String
    /// References of the runs that were added.
    public var added: [String] = []
    /// References of the runs that stood there already and were left as they are.
    public var present: [String] = []
    /// What was written under another name, because the other program does not allow ours: `was → is`.
    public var renamed: [String] = []
}
