import ArgumentParser
import Foundation
import LabRuns

struct RunsGCCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc", abstract: "Show what can be deleted, or delete it.",
        discussion: """
            Without --delete nothing is touched. Found are: unsealed runs without a sign of life for --days, what killed
            processes left half written, checkpoints of sealed runs, and notes of runs that are gone. With --where, only runs
            that it selects, sealed ones too unless another run reads them. A running or tagged run is never deleted.

              labctl runs gc
              labctl runs gc --days 7 --delete
              labctl runs gc --where 'smoke and started < 2026-10-01'
            """)

    struct Row: Encodable {
        let kind: Garbage.Kind
        let run: String?
        let path: String
        let bytes: Int
        let reason: String
        let deleted: Bool
    }

    struct KeptRow: Encodable {
        let run: String
        let reason: String
    }

    struct Report: Encodable {
        let items: [Row]
        let kept: [KeptRow]
        let bytes: Int
        let deleted: Bool
    }

    @Option(help: ArgumentHelp("How long an unsealed run must have been silent.", valueName: "days"))
    var days = 30.0

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only runs for which this holds; sealed ones too.", valueName: "query"))
    var condition: String?

    @Flag(help: "Delete what was found.")
    var delete = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard days >= 0, days.isFinite else { throw ValidationError("--days must be 0 or more") }
    }

    func run() throws {
        let place = common.place
        let garbage = try place.garbage(olderThan: days * 86_400, query: condition.map { try RunFilter($0) })
        var rows: [Row] = []
        for item in garbage.items {
            let isGone = try delete && place.delete(item)
            if delete, !isGone { common.note("\(item.run ?? item.place.path) has come to life and stays") }
            rows.append(
                Row(
                    kind: item.kind, run: item.run, path: item.place.path, bytes: item.bytes, reason: item.reason,
                    deleted: isGone))
        }
        if delete, !rows.isEmpty { try place.index.refresh { common.note($0) } }
        say(rows, garbage)
        try common.emit(
            Report(
                items: rows, kept: garbage.kept.map { KeptRow(run: $0.run, reason: $0.reason) }, bytes: garbage.bytes,
                deleted: delete))
    }

    private func say(_ rows: [Row], _ garbage: Garbage) {
        if !rows.isEmpty {
            common.say(
                TextTable(
                    ["what", "kind", "size", "reason"],
                    rows: rows.map { row in
                        [
                            row.kind == .interrupted || row.kind == .failed || row.kind == .sealed
                                ? row.run ?? row.path : relative(row.path), row.kind.rawValue, ByteText.of(row.bytes),
                            row.reason,
                        ]
                    }))
        }
        for kept in garbage.kept { common.say("\(kept.run) stays: \(kept.reason)") }
        let bytes = ByteText.of(rows.filter { $0.deleted || !delete }.reduce(0) { $0 + $1.bytes })
        if rows.isEmpty {
            common.say("nothing to delete")
        } else {
            common.say(delete ? "\(bytes) deleted" : "\(bytes) could be deleted; do it with --delete")
        }
    }

    private func relative(_ path: String) -> String {
        let root = common.place.runs.path + "/"
        return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
    }
}
