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

    @OptionGroup var products: GEMMOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard all != !references.isEmpty else { throw ValidationError("give runs, or --all") }
        guard all || !smoke else { throw ValidationError("--smoke belongs to --all") }
    }

    func run() async throws {
        let session = Session(common)
        let folders = try all ? everything() : references.map { try common.place.folder(of: $0) }
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

    private func everything() throws -> [URL] {
        try common.place.entries().filter { $0.state == .sealed && (!smoke || $0.record?.smoke ?? true) }.map(\.folder)
    }
}

extension ReproduceCommand.Row {
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
