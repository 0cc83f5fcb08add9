import ArgumentParser
import LabDomain
import LabRuns

/// The options by which a command writes reports for CI.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Write a report in Markdown.", valueName: "file"), completion: .file(extensions: ["md"]))
    var md: String?

    @Option(
        help: ArgumentHelp("Write a report as JUnit's XML.", valueName: "file"), completion: .file(extensions: ["xml"]))
    var junit: String?

    var isAsked: Bool { md != nil || junit != nil }

    /// Does `work`, which adds to the report, and writes it; where `work` throws, the error is a case of the report.
    ///
    /// - Parameter title: such as `labctl reproduce`.
    func reporting<Value>(
        _ title: String, about subject: String, _ work: (inout ReportFile) async throws -> Value
    ) async throws -> Value {
        var report = ReportFile(title)
        do {
            let value = try await work(&report)
            if isAsked { try report.write(self) }
            return value
        } catch {
            if isAsked, !(error is SilentExit) || report.cases.isEmpty { report.add(error, about: subject) }
            // The first error is what matters; a report that cannot be written either is left out.
            if isAsked { try? report.write(self) }
            throw error
        }
    }
}

extension ReportFile {
    /// What ended the command: each failed run of a study is a case of its own.
    mutating func add(_ error: any Error, about subject: String) {
        if case RunsError.studyIncomplete(_, let failed, _, _) = error {
            for cell in failed {
                let role = cell.split(separator: " (", maxSplits: 1).first.map(String.init) ?? cell
                add(role, .broken(cell))
            }
            return
        }
        let report = ErrorReport(error)
        add(subject, .broken(report.what + (report.remedy.map { " (\($0))" } ?? "")))
    }
}
