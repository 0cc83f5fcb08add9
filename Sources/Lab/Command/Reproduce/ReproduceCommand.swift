import ArgumentParser
import Foundation
import LabDomain
import LabNumerics
import LabRuns

/// `labctl reproduce`.
struct ReproduceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reproduce", abstract: "Run sealed runs again and compare the results.",
        discussion: """
            A run's matrix products are computed on the library that it was made on, where this build holds it.
            Exit code 0 when all come out again, 1 when one differs, 65 when a stored run is damaged. With several runs, one
            that cannot be repeated is listed as failed and the others go on.

              labctl reproduce policy/dqn/1
              labctl reproduce --all --smoke
              labctl reproduce policy/dqn/1 --seed 7    what another seed changes
              labctl reproduce study/policy/dqn/1 --deep --junit reproduction.xml
            """)

    struct Row: Encodable {
        let run: String
        let id: String?
        let verdict: String
        let description: String
        let difference: Difference?
        let damagedFile: String?
        let remarks: [String]
        let seconds: Double
    }

    @Argument(help: "The runs to run again.")
    var references: [String] = []

    @Flag(help: "All sealed runs of the workspace.")
    var all = false

    @Flag(help: "With --all: only runs of the short form.")
    var smoke = false

    @Option(help: "Run under another seed; counts as different.")
    var seed: UInt64?

    @Flag(help: "Also the runs that they read, and those that these read: of a study every cell.")
    var deep = false

    @OptionGroup var products: GEMMOptions

    @OptionGroup var reports: ReportOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard all != !references.isEmpty else { throw ValidationError("give runs, or --all") }
        guard all || !smoke else { throw ValidationError("--smoke belongs to --all") }
        guard !deep || seed == nil else { throw ValidationError("--deep and --seed do not go together") }
    }

    func run() async throws {
        let subject = all ? "all" : references.joined(separator: " ")
        try await reports.reporting("labctl reproduce", about: subject) { try await reproduce(&$0) }
    }

    private func reproduce(_ report: inout ReportFile) async throws {
        let session = Session(common)
        let named = try all ? everything() : references.map { try common.place.folder(of: $0) }
        let folders = try deep ? withAncestors(named) : named
        var rows: [Row] = []
        var failure: ExitStatus?
        var table = TextTable(["run", "verdict", "seconds"])
        try await session.interruptible {
            for folder in folders {
                do {
                    let original = try? SealedRun(folder: folder).record.numericProfile.decode(as: NumericProfile.self)
                    if let remark = try products.apply(recorded: original) { common.note("  \(remark)") }
                    let result = try await session.launcher.reproduce(folder, registry: session.registry, seed: seed)
                    rows.append(Row(result))
                    for remark in result.remarks { common.note("  \(remark)") }
                } catch let error as any ReportableError where folders.count > 1 && error.status != .interrupted {
                    // One run that cannot be repeated, for want of its data say, tells nothing about the others.
                    rows.append(Row(Self.reference(of: folder), failed: error))
                    failure = failure ?? error.status
                }
                session.progress.close()
            }
        }
        for row in rows { report.add(row.run, row.outcome, seconds: row.seconds) }
        for row in rows { table.rows.append([row.run, row.verdict, String(format: "%.1f", row.seconds)]) }
        if folders.isEmpty { common.say("no sealed runs in \(common.place.runs.path)") } else { common.say(table) }
        for row in rows where row.description != row.verdict { common.say("\(row.run): \(row.description)") }
        try common.emit(["reproductions": rows])
        if rows.contains(where: { $0.verdict == "damaged" }) { throw SilentExit(.badData) }
        if let failure { throw SilentExit(failure) }
        if rows.contains(where: { $0.verdict == "differs" }) { throw SilentExit(.negative) }
    }

    /// `policy/dqn/1` for the folder `policy.dqn/1`.
    private static func reference(of folder: URL) -> String {
        let experiment = folder.deletingLastPathComponent().lastPathComponent.replacing(".", with: "/")
        return experiment + "/" + folder.lastPathComponent
    }

    /// The runs and all that they were made from, those first; each once.
    private func withAncestors(_ folders: [URL]) throws -> [URL] {
        var found: [URL] = []
        var seen: Set<String> = []
        func visit(_ folder: URL) throws {
            guard seen.insert(folder.standardizedFileURL.path).inserted else { return }
            // A run that cannot be read has no parents to name; its own verdict says why.
            let parents = (try? SealedRun(folder: folder))?.record.parents ?? [:]
            for (_, parent) in parents.sorted(by: { $0.key < $1.key }) { try visit(common.place.folder(of: parent.id)) }
            found.append(folder)
        }
        for folder in folders { try visit(folder) }
        return found
    }

    private func everything() throws -> [URL] {
        try common.place.entries().filter { $0.state == .sealed && (!smoke || $0.record?.smoke ?? true) }.map(\.folder)
    }
}

extension ReproduceCommand.Row {
    /// As a case of a report.
    var outcome: ReportFile.Case.Outcome {
        switch verdict {
        case "identical", "agrees": .passed
        case "failed": .broken(description)
        default: .failed(description)
        }
    }

    init(_ reference: String, failed error: any ReportableError) {
        run = reference
        id = nil
        verdict = "failed"
        description = error.description
        difference = nil
        damagedFile = nil
        remarks = []
        seconds = 0
    }

    init(_ result: Reproduction) {
        run = result.run
        id = result.id
        verdict = result.verdict.name
        description = result.verdict.description
        remarks = result.remarks
        seconds = result.seconds
        switch result.verdict {
        case .differs(let found), .otherProfile(let found?):
            difference = found
            damagedFile = nil
        case .damaged(_, let file, _):
            difference = nil
            damagedFile = file
        case .identical, .otherProfile(nil):
            difference = nil
            damagedFile = nil
        }
    }
}
