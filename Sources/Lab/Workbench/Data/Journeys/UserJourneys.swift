public import Foundation
import LabDomain
import LabSimulation
import LabStorage

/// Turns a user's own log of decisions into a journey log, row by row, so that the file may be larger than memory.
///
/// A row that cannot be used takes its whole episode with it: a journey with a gap would teach what never happened. An
/// episode ends with a row whose `terminal` is true; without that column every episode ends with its last row. The last
/// row of an episode that has not ended is the observation after the decision before it, and no decision itself.
public final class UserJourneys {
    /// A row that was set aside.
    public struct Rejected: Codable, Sendable, Equatable {
        public var line: Int
        public var reason: String
    }

    /// What was found.
    public struct Result: Sendable {
        public var episodes = 0
        public var decisions = 0
        public var rejected: [Rejected] = []
        /// Last rows of episodes that had not ended.
        public var endings = 0
    }

    private let map: JourneyMap
    private let writer: JourneyLogWriter
    private var piece: JourneyLog
    private var result = Result()
    private var rows: [JourneyRow] = []
    /// Why the present episode is set aside, with the line to blame.
    private var spoiled: (line: Int, reason: String)?
    private var goodLines: [Int] = []
    /// The first row that is itself to blame, rather than for one of its episode.
    private var cause: Rejected?
    private var finished: Set<String> = []
    private var current: String?

    /// Reads `file` and writes the log to `target`.
    ///
    /// Throws `StorageError`: a column that is not there is named with the nearest that is, and
    /// `StorageError.noUsableRows` if nothing remains; nothing is written then.
    public static func convert(_ file: URL, map: JourneyMap, to target: URL) throws -> Result {
        let columns = try UserColumns(
            file, format: map.format, separator: map.separator, columns: map.allColumns)
        let journeys = try UserJourneys(map, name: map.name(for: file), target)
        do {
            return try journeys.fill(from: columns, file)
        } catch {
            journeys.writer.discard()
            throw error
        }
    }

    private init(_ map: JourneyMap, name: String, _ target: URL) throws {
        self.map = map
        let schema = StateSchema(name: name, version: 1, features: map.features)
        piece = JourneyLog(schema: schema, actionCount: map.actions.count, discount: map.discount)
        writer = try JourneyLogWriter(
            target, schema: schema, actionCount: map.actions.count, discount: map.discount)
    }

    private func fill(from columns: UserColumns, _ file: URL) throws -> Result {
        while let record = try columns.next() {
            switch record {
            case .unreadable(let line, let reason):
                reject(line, reason)
                if current != nil { spoiled = spoiled ?? (line, reason) }
            case .values(let line, let values):
                let (row, problem) = JourneyRow.make(line: line, values, map)
                if map.kind == .bandit {
                    if let problem { reject(line, problem) } else { try add([row], ending: nil) }
                } else {
                    try take(row, problem)
                }
            }
        }
        try endEpisode()
        try flush()
        result.rejected.sort { $0.line < $1.line }
        guard result.decisions > 0 else {
            let first = cause.map { "line \($0.line): \($0.reason)" }
            throw StorageError.noUsableRows(
                file: file.path,
                reason: first.map { "\(result.rejected.count) rows were set aside; \($0)" }
                    ?? "there is nothing after its first line")
        }
        try writer.close()
        return result
    }

    private func take(_ row: JourneyRow, _ problem: String?) throws {
        // A row whose episode cannot be told belongs, as far as anyone knows, to the one that it stands in.
        if !row.episode.isEmpty, row.episode != current {
            try endEpisode()
            current = row.episode
            if finished.contains(row.episode) {
                spoiled = (row.line, "episode \(row.episode) goes on after another began: rows are out of order")
            }
        }
        if let problem {
            reject(row.line, problem)
            spoiled = spoiled ?? (row.line, problem)
            return
        }
        goodLines.append(row.line)
        guard spoiled == nil else { return }
        if let last = rows.last {
            if last.terminal, map.columns[.terminal] != nil {
                spoiled = (row.line, "the episode goes on after its end")
            } else if row.step <= last.step {
                spoiled = (row.line, "step does not rise: rows are out of order")
            }
        }
        rows.append(row)
    }

    private func endEpisode() throws {
        defer {
            if let current { finished.insert(current) }
            rows = []
            goodLines = []
            spoiled = nil
            current = nil
        }
        if let spoiled {
            for line in goodLines where line != spoiled.line {
                result.rejected.append(
                    Rejected(line: line, reason: "its episode cannot be used because of line \(spoiled.line)"))
            }
            if goodLines.contains(spoiled.line) { reject(spoiled.line, spoiled.reason) }
            return
        }
        guard let last = rows.last else { return }
        guard !last.terminal else { return try add(rows, ending: nil) }
        guard rows.count > 1 else {
            return reject(last.line, "the only row of an episode that has not ended: nothing came of it")
        }
        result.endings += 1
        try add(rows.dropLast(), ending: last.decision.observation)
    }

    private func add(_ rows: [JourneyRow], ending: [Float]?) throws {
        try piece.append(
            customer: Int32(clamping: result.episodes), segment: rows[0].segment, decisions: rows.map(\.decision),
            ending: ending ?? [Float](repeating: 0, count: map.features.count), terminal: ending == nil)
        result.episodes += 1
        result.decisions += rows.count
        if piece.decisionCount >= 1 << 14 { try flush() }
    }

    private func flush() throws {
        guard piece.episodeCount > 0 else { return }
        try writer.append(piece)
        piece = JourneyLog(schema: piece.schema, actionCount: piece.actionCount, discount: piece.discount)
    }

    private func reject(_ line: Int, _ reason: String) {
        let rejected = Rejected(line: line, reason: reason)
        if line < cause?.line ?? .max { cause = rejected }
        result.rejected.append(rejected)
    }
}

extension JourneyMap {
    /// The dataset's name: the map's, or that of the file without its ending.
    func name(for file: URL) throws -> String { try UserMap.name(name, for: file, map: self.file) }
}
