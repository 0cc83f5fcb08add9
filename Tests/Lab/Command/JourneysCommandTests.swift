import Foundation
import LabDomain
import LabRuns
import LabSimulation
import LabStorage
import LabTestKit
import Testing

@testable import LabCommand

@Suite final class JourneysCommandTests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-journeys-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func run(
        _ arguments: [String], group: String = "journeys"
    ) async -> (status: Int32, output: String, errors: String) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            [group] + arguments + ["--workspace", folder.path], registry: Registry(), console: console.console)
        return (status, console.output, console.errors)
    }

    @Test func aForeignFileIsImportedShownAndExported() async throws {
        let fixture = Fixture.file("Journeys/d3rlpy.h5").path
        let imported = await run(["import", fixture, "--out", path("log.h5"), "--discount", "0.9", "--actions", "4"])
        #expect(imported.status == 0 && imported.output.contains("2 episodes, 10 decisions from d3rlpy.h5 (d3rlpy)"))
        let shown = await run(["show", path("log.h5"), "--json"])
        let report = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        #expect(report?["format"] as? String == "lab" && report?["decisions"] as? Int == 10)
        #expect((report?["actions"] as? [[String: Any]])?.count == 4 && report?["unknownPropensities"] as? Int == 10)
        let text = await run(["show", path("log.h5")])
        // 1 + 0.9 + … + 0.9⁴ a journey, as every reward is 1.
        #expect(text.output.contains("return     4.095 [4.095, 4.095] an episode, discount 0.9 a period"))
        for form in ["d3rlpy", "d4rl", "minari"] {
            let exported = await run(["export", path("log.h5"), "--format", form, "--out", path(form)])
            #expect(exported.status == 0, "\(exported.errors)")
            let place = form == "minari" ? path(form) + "/ads/journeys-v0" : path(form)
            let again = await run(["show", place, "--json"])
            #expect(again.output.contains("\"format\" : \"\(form)\"") && again.output.contains("\"decisions\" : 10"))
        }
    }

    @Test func aForeignFileBecomesADatasetWithoutAMap() async throws {
        let fixture = Fixture.file("Journeys/d3rlpy.h5").path
        let added = await run(["add", fixture, "--name", "replay", "--discount", "0.9"], group: "data")
        #expect(added.status == 0 && added.output.contains("replay: 10 rows from d3rlpy.h5, 0 set aside"))
        let shown = await run(["show", "replay"])
        #expect(shown.output.contains("return     4.095 [4.095, 4.095] an episode, discount 0.9 a period"))
        let minari = Fixture.file("Journeys/minari/ads/bid-v0").path
        #expect(await run(["add", minari, "--name", "bid"], group: "data").status == 0)
        #expect(await run(["verify", "bid"], group: "data").output == "bid: present\n")
        let twice = await run(["add", fixture, "--name", "replay"], group: "data")
        #expect(twice.status != 0 && twice.errors.contains("replay"))
        let text = await run(["add", path("decisions.csv")], group: "data")
        #expect(text.status == 64 && text.errors.contains("--map"))
        try Data("no log".utf8).write(to: folder.appendingPathComponent("spoiled.h5"))
        #expect(await run(["add", path("spoiled.h5")], group: "data").status == 65)
        #expect(await run(["verify", "spoiled"], group: "data").status == 66)
    }

    @Test func openBanditIsToldByItsFirstLine() async throws {
        let fixture = Fixture.file("Journeys/openBandit/bts/men/men.csv").path
        let imported = await run(["import", fixture, "--out", path("men.h5"), "--choosing", "itemAndPosition"])
        #expect(imported.status == 0 && imported.output.contains("200 episodes, 200 decisions"))
        let log = try JourneyLog(contentsOf: folder.appendingPathComponent("men.h5"))
        #expect(log.actionCount == 102 && log.schema.name == "openBandit.men" && log.rewards.reduce(0, +) == 4)
    }

    private let map = """
        kind: journeys
        name: mine
        columns: {episode: who, step: week, action: shown, reward: profit, propensity: p}
        features: [mood]
        actions: [hold, bold]
        discount: 0.5
        """

    @Test func anOwnLogBecomesADatasetThatCanBeNamed() async throws {
        try Data(map.utf8).write(to: folder.appendingPathComponent("map.yaml"))
        try Data("who,week,shown,profit,p,mood\na,1,hold,1,0.5,0\na,2,bold,2,0.5,1\nb,1,what,3,1,0\n".utf8)
            .write(to: folder.appendingPathComponent("log.csv"))
        let added = await run(["add", path("log.csv"), "--map", path("map.yaml")], group: "data")
        #expect(added.status == 0, "\(added.errors)")
        #expect(
            added.output.contains("mine: 2 rows from log.csv, 1 set aside") && added.output.contains("unknown action"))
        let shown = await run(["show", "mine"])
        #expect(shown.status == 0 && shown.output.contains("return     2 "), "\(shown.output) \(shown.errors)")
        let verified = await run(["verify", "mine"], group: "data")
        #expect(verified.status == 0)
        let sampled = await run(["sample", "mine"], group: "data")
        #expect(sampled.status == 64 && sampled.errors.contains("labctl journeys show mine"))
        let imported = await run(["import", path("log.csv"), "--map", path("map.yaml"), "--out", path("log.h5")])
        #expect(imported.status == 0 && imported.errors.contains("log.csv, line 4: unknown action"))
        let log = try JourneyLog(contentsOf: folder.appendingPathComponent("log.h5"))
        #expect(log.returns == [2] && log.propensities == [0.5, 0.5])
    }

    @Test func badInputIsNamedAndNothingWritten() async throws {
        let original = try JourneyLogOfTwo.make()
        try JourneyFile.exportD4RL(original, to: folder.appendingPathComponent("bad.h5"))
        let nan = await run(["import", path("bad.h5"), "--out", path("log.h5")])
        #expect(
            nan.status == 65 && nan.errors.contains("bad.h5, episode 1, step 0: the reward is nan"), "\(nan.errors)")
        #expect(!FileManager.default.fileExists(atPath: path("log.h5")))
        let none = await run(["show", path("none.h5")])
        #expect(none.status == 66)
        let csv = await run(["import", path("bad.h5"), "--format", "csv", "--out", path("log.h5")])
        #expect(csv.status == 64)
        let name = await run(["export", path("bad.h5"), "--format", "minari", "--name", "x", "--out", path("m")])
        #expect(name.status == 64)
    }
}

/// Two journeys of which the second has a reward that is no number.
enum JourneyLogOfTwo {
    static func make() throws -> Journeys {
        var journeys = Journeys(width: 1)
        try journeys.append(Journey(observations: [0, 1, 2], actions: [0, 1], rewards: [1, 2]))
        try journeys.append(Journey(observations: [3, 4], actions: [0], rewards: [.nan]))
        return journeys
    }
}
