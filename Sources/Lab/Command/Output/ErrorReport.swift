import ArgumentParser
import Foundation
import LabDomain
import LabRuns

/// Tells people what went wrong and what to do, and scripts the exit code.
struct ErrorReport: Encodable {
    let what: String
    let remedy: String?
    let status: Int32

    init(_ error: any Error) {
        switch error {
        case let error as any ReportableError:
            what = error.what
            remedy = error.remedy
            status = error.status.rawValue
        case is CancellationError:
            what = "interrupted"
            remedy = "run the same command again"
            status = ExitStatus.interrupted.rawValue
        default:
            what = (error as? any LocalizedError)?.errorDescription ?? String(describing: error)
            remedy = "please report this with the command that led to it"
            status = ExitStatus.ourBug.rawValue
        }
    }

    init(what: String, remedy: String?, status: Int32) {
        self.what = what
        self.remedy = remedy
        self.status = status
    }

    /// `error: …` and `hint: …` on standard error.
    func print(on console: Console) {
        console.note("error: " + what)
        if let remedy { console.note("hint: " + remedy) }
    }
}

/// Ends a command with a status other than success after it has said everything itself.
public struct SilentExit: Error {
    public let code: Int32
    public init(_ status: ExitStatus) { code = status.rawValue }
    /// With the exit code of a program that was run.
    init(code: Int32) { self.code = code }
}
