import Foundation
import LabDomain
import LabSimulation
import LabStorage
import Testing

@testable import LabWorkbench

@Suite struct UserJourneysTests {
    private let map = """
        kind: journeys
        name: mine
        columns:
          {episode: who, step: at, action: shown, reward: profit, propensity: p, terminal: gone, elapsed: w, segment: s}
        features: [mood, visits]
        actions: [hold, calm, bold]
        permitted: {bold: may}
        outcome: {engagements: clicks, revenue: paid}
        discount: 0.9
        """
    private let head = "who,at,shown,profit,p,gone,w,s,mood,visits,may,clicks,paid\n"

    private func convert(
        _ scratch: DataScratch, _ rows: String, map: String? = nil, file: String = "log.csv", head: String? = nil
    ) throws -> (log: JourneyLog, result: UserJourneys.Result) {
        let source = try scratch.write((head ?? self.head) + rows, to: file)
        let yaml = try scratch.write(map ?? self.map, to: "map.yaml")
        let target = scratch.url.appendingPathComponent("log.h5")
        let result = try UserJourneys.convert(source, map: JourneyMap.read(yaml), to: target)
        return (try JourneyLog(contentsOf: target), result)
    }

    @Test func rowsBecomeJourneys() throws {
        let scratch = try DataScratch()
        let (log, result) = try convert(
            scratch,
            """
            anna,2024-05-01,hold,0.5,0.25,no,1,2,0.1,3,yes,1,
            anna,2024-05-08,bold,-1,0.5,no,3,2,0.2,4,yes,0,9.5
            anna,2024-05-29,calm,2,1,yes,1,2,0.3,5,no,,
            ben,1,calm,1,1,0,1,0,0.5,1,0,0,0
            ben,2,hold,7,1,0,1,0,0.6,2,0,0,0
            """)
        #expect(log.schema == StateSchema(name: "mine", version: 1, features: ["mood", "visits"]))
        #expect(log.offsets == [0, 3, 4] && log.actions == [0, 2, 1, 1] && log.discount == 0.9)
        #expect(log.rewards == [0.5, -1, 2, 1] && log.propensities == [0.25, 0.5, 1, 1])
        #expect(log.elapsed == [1, 3, 1, 1] && log.segments == [2, 0])
        #expect(log.terminal == [false, false, true, false])
        #expect(log.observations == [0.1, 3, 0.2, 4, 0.3, 5, 0, 0, 0.5, 1, 0.6, 2])
        #expect(log.permitted == [true, true, true, true, true, true, true, true, false, true, true, false])
        #expect(log.outcome(1).revenue == 9.5 && log.outcome(0).engagements == 1 && log.outcome(0).cost.isNaN)
        // Ben's last row is only what his first decision led to.
        #expect(result.endings == 1 && result.rejected.isEmpty)
    }

    @Test func aBadRowTakesItsEpisodeWithIt() throws {
        let scratch = try DataScratch()
        let (log, result) = try convert(
            scratch,
            """
            a,1,hold,1,1,yes,1,0,0,0,1,0,0
            b,1,hold,1,1,no,1,0,0,0,1,0,0
            b,2,fly,1,1,yes,1,0,0,0,1,0,0
            c,1,hold,nan,1,yes,1,0,0,0,1,0,0
            d,2,hold,1,1,no,1,0,0,0,1,0,0
            d,1,hold,1,1,yes,1,0,0,0,1,0,0
            e,1,hold,1,1.5,yes,1,0,0,0,1,0,0
            f,1,bold,1,1,yes,1,0,0,0,0,0,0
            a,2,hold,1,1,yes,1,0,0,0,1,0,0
            g,1,hold,1,1,no,1,0,0,0,1,0,0
            h,1,hold,1,1,yes,0,0,0,0,1,0,0
            i,1,hold,1,1,yes,1,0,,0,1,0,0
            j,too,few
            k,1,hold,1,1,yes,1,0,0,0,1,0,0
            l,1,hold,1,1,yes,1,0,0,0,1,0,0
            l,2,hold,1,1,yes,1,0,0,0,1,0,0
            """)
        #expect(log.episodeCount == 2)
        let reasons = Dictionary(uniqueKeysWithValues: result.rejected.map { ($0.line, $0.reason) })
        #expect(
            reasons == [
                3: "its episode cannot be used because of line 4", 4: "unknown action", 5: "reward is not a number",
                6: "its episode cannot be used because of line 7", 7: "step does not rise: rows are out of order",
                8: "propensity is not above 0 and at most 1", 9: "the action was taken though it is not permitted",
                10: "episode a goes on after another began: rows are out of order",
                11: "the only row of an episode that has not ended: nothing came of it",
                12: "elapsed is not a whole number from 1 on", 13: "feature mood is not a number",
                14: "3 fields where the header has 13", 16: "its episode cannot be used because of line 17",
                17: "the episode goes on after its end",
            ])
    }

    @Test func banditRowsAreEpisodes() throws {
        let scratch = try DataScratch()
        let map = """
            kind: bandit
            columns: {action: item, reward: click, propensity: p}
            features: [hour]
            actions: 3
            """
        let rows = """
            {"item": 2, "click": 1, "p": 0.5, "hour": 12}
            {"item": 3, "click": 1, "p": 0.5, "hour": 12}
            {"item": 0, "click": 0, "p": 0.25, "hour": 13}
            """
        let (log, result) = try convert(scratch, rows, map: map, file: "rounds.jsonl", head: "")
        #expect(log.offsets == [0, 1, 2] && log.actions == [2, 0] && log.discount == 1 && log.schema.name == "rounds")
        #expect(log.terminal == [true, true])
        #expect(result.rejected == [UserJourneys.Rejected(line: 2, reason: "unknown action")])
    }

    @Test func nothingIsWrittenWithoutAUsableRow() throws {
        let scratch = try DataScratch()
        #expect(throws: StorageError.self) { try convert(scratch, "a,1,fly,1,1,yes,1,0,0,0,1,0,0\n") }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == ["log.csv", "map.yaml"])
    }

    @Test(arguments: [
        ("kind: journey", "kind is neither"), ("kind: bandit\ncolumns: {episode: x}", "unknown"),
        ("columns: {action: a, reward: r, episode: e}", "columns must name step"),
        ("columns: {action: a, reward: r, episode: e, step: s}", "features must list"),
        ("columns: {action: a, reward: r, episode: e, step: s}\nfeatures: [x]", "actions must list"),
        (
            "columns: {action: a, reward: r, episode: e, step: s}\nfeatures: [x]\nactions: [hold]\npermitted: {hod: x}",
            "did you mean hold?"
        ),
        (
            "columns: {action: a, reward: r, episode: e, step: s}\nfeatures: [x]\nactions: 2\ndiscount: 1.5",
            "the discount is 1.5"
        ), ("colums: {}", "did you mean columns?"),
    ])
    func aWrongMapIsExplained(_ text: String, _ words: String) throws {
        let scratch = try DataScratch()
        let yaml = try scratch.write(text, to: "map.yaml")
        #expect {
            try JourneyMap.read(yaml)
        } throws: { error in
            guard case StorageError.invalidMap(_, let reason) = error else { return false }
            return reason.contains(words)
        }
    }

    @Test func aDatasetHasProfileQuarantineAndDigest() throws {
        let scratch = try DataScratch()
        let catalogue = DatasetCatalogue(workspace: scratch.url)
        let source = try scratch.write(
            head + "a,1,hold,1,1,yes,1,0,0,0,1,0,0\nb,1,fly,1,1,yes,1,0,0,0,1,0,0\n", to: "log.csv")
        let yaml = try scratch.write(map, to: "map.yaml")
        #expect(try JourneyMap.describes(yaml))
        let profile = try UserData(workspace: scratch.url, catalogue: catalogue)
            .add(source, map: try JourneyMap.read(yaml))
        #expect(profile.rows == 1 && profile.rejected == 1 && profile.rejectedLines == [3])
        #expect(profile.labels == [DatasetProfile.Count(value: "hold", count: 1)])
        #expect(profile.columns.map(\.column) == ["mood", "visits"])
        #expect(try JourneyLog(contentsOf: catalogue.file("mine", "journeys.h5")).episodeCount == 1)
        let quarantine = try String(
            contentsOf: catalogue.folder(of: "mine").appendingPathComponent("quarantine.jsonl"), encoding: .utf8)
        #expect(quarantine == "{\"line\":3,\"reason\":\"unknown action\"}\n")
        #expect(throws: StorageError.datasetExists(name: "mine")) {
            try UserData(workspace: scratch.url, catalogue: catalogue).add(source, map: try JourneyMap.read(yaml))
        }
    }
}
