import Foundation
import LabRuns

/// Looks at this machine and a workspace: does everything that Lab stands on work here?
///
/// Each check does what the runs do (multiplies, writes and reads files) and compares; a version alone proves nothing.
public struct Doctor: Sendable {
    public var workspace: Workspace
    /// `$LAB_HOME`.
    public var home: URL
    public var environment: [String: String]
    /// More checks, for example of the datasets.
    public var further: @Sendable () -> [DoctorCheck]

    public init(
        workspace: Workspace, home: URL = Workspace.home(),
        environment: [String: String] = ProcessInfo.processInfo.environment,
        further: @escaping @Sendable () -> [DoctorCheck] = { [] }
    ) {
        self.workspace = workspace
        self.home = home
        self.environment = environment
        self.further = further
    }

    /// Looks at everything; a check that itself fails is a fault.
    public func examine() -> DoctorReport {
        DoctorReport(
            checks: [
                NumericChecks.processor(), NumericChecks.blas(), NumericChecks.oneDNN(), FileChecks.hdf5(),
                FileChecks.sqlite(),
                FileChecks.disk(workspace), FileChecks.workspace(workspace), HomeCheck.home(home),
                PythonCheck.pip(environment),
            ] + further())
    }
}
