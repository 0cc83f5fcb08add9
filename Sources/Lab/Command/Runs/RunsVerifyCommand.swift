import ArgumentParser
import Foundation
import LabDomain
import LabRuns

struct RunsVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare every byte of sealed runs with their seals.",
        discussion: """
            Names each file that was changed, removed or added after the seal. Exit code 0 where all is as it was sealed, 65
            where something is not.

              labctl runs verify policy/dqn/1
              labctl runs verify --all
              labctl runs verify --where 'tags = paper' --json
              labctl runs verify --all --junit verify.xml
            """)

    struct Row: Encodable {
        let run: String
        let sound: Bool
        let files: Int
        let bytes: Int
        let problems: [SealCheck.Problem]
    }

    @Argument(help: "The runs.")
    var references: [String] = []

    @Flag(help: "All sealed runs of the workspace.")
    var all = false

    @OptionGroup var filter: RunQueryOptions

    @OptionGroup var reports: ReportOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        let ways = [!references.isEmpty, all, !filter.isEmpty].count { $0 }
        guard ways == 1 else { throw ValidationError("give runs, or --all, or a condition such as --where") }
    }

    func run() async throws {
        try await reports.reporting("labctl runs verify", about: references.joined(separator: " ")) { report in
            try verify(&report)
        }
    }

    private func verify(_ report: inout ReportFile) throws {
        let folders = try references.isEmpty ? chosen() : references.map { try common.place.folder(of: $0) }
        var rows: [Row] = []
        var shown = ContinuousClock.now
        for (position, folder) in folders.enumerated() {
            let check = try SealCheck(folder: folder) { bytes in
                guard shown.duration(to: .now) > .seconds(2) else { return }
                shown = .now
                common.note("\(position + 1) of \(folders.count): \(ByteText.of(bytes)) read")
            }
            rows.append(
                Row(
                    run: check.run, sound: check.isSound, files: check.files, bytes: check.bytes,
                    problems: check.problems))
        }
        let spoiled = rows.filter { !$0.sound }
        for row in rows {
            let problems = row.problems.map { "\($0.file) \($0.problem)" }.joined(separator: "; ")
            report.add(row.run, row.sound ? .passed : .failed(problems))
        }
        for row in spoiled {
            for problem in row.problems { common.say("\(row.run): \(problem.file) \(problem.problem)") }
        }
        let bytes = rows.reduce(0) { $0 + $1.bytes }
        common.say(
            folders.isEmpty
                ? "no sealed runs to compare"
                : "\(rows.count - spoiled.count) of \(rows.count) runs are as they were sealed; \(ByteText.of(bytes)) read"
        )
        try common.emit(["runs": rows])
        if !spoiled.isEmpty { throw SilentExit(.badData) }
    }

    private func chosen() throws -> [URL] {
        let sealed = RunFilter.states([RunState.sealed.rawValue, RunField.damaged])
        let found = try common.select(RunQuery(filter.filters() + [sealed]))
        return (0..<found.count).map { common.place.folder(found.experiment($0), found.number($0)) }
    }
}

/// Sizes as people read them.
enum ByteText {
    /// In units of 1,000, as disks are sold.
    static func of(_ bytes: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(bytes) B" : String(format: value < 10 ? "%.1f %@" : "%.0f %@", value, units[unit])
    }
}
