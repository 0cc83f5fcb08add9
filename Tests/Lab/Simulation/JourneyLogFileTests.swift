import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import LabStorage
import Testing

@testable import LabSimulation

@Suite struct JourneyLogFileTests {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lab-journeys-\(UUID().uuidString).h5")

    func log() throws -> JourneyLog {
        let environment = try EmoSeqEnvironment(stream: RandomStream(seed: 3, name: "customers"))
        let rollout = Rollout(safeguard: Safeguard(), keepsJourneys: true)
        let result = try rollout.run(
            environment, policy: EmoSeqLoggingPolicy(), customers: 0..<30,
            stream: RandomStream(seed: 3, name: "actions"))
        return try #require(result.journeys)
    }

    @Test func comesBackAsItWas() throws {
        defer { try? FileManager.default.removeItem(at: url) }
        let log = try log()
        try log.write(to: url)
        #expect(try JourneyLog(contentsOf: url) == log)
        let first = try Data(contentsOf: url)
        try FileManager.default.removeItem(at: url)
        try log.write(to: url)
        #expect(try Data(contentsOf: url) == first)
    }

    @Test func refusesWhatContradictsItself() throws {
        defer { try? FileManager.default.removeItem(at: url) }
        var broken = try log()
        broken.propensities[4] = 0
        try broken.write(to: url)
        #expect(throws: SimulationError.self) { try JourneyLog(contentsOf: url) }
        try FileManager.default.removeItem(at: url)
        try JourneyFile.write(Journeys(width: 3), to: url)
        #expect(throws: SimulationError.self) { try JourneyLog(contentsOf: url) }
    }
}
