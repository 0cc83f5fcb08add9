import Foundation
import LabNumerics
import LabProfiles
import LabRuns
import LabSimulation
import LabStorage
import Testing

@testable import LabExperiments

@Suite struct JourneysExperimentTests {
    /// Stands in for the language model: readings that are right four times in five.
    struct Readings: Experiment {
        static let name = "language/posts"
        static let summary = "Made-up readings."
        static let smoke = NoSettings()

        func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
            var stream = run.stream("readings")
            let labels = (0..<300).map { Int32($0 % 3) }
            var probabilities: [Double] = []
            for label in labels {
                let read = stream.nextBool(probability: 0.8) ? Int(label) : stream.nextInt(below: 3)
                let top = 0.36 + 0.6 * stream.nextDouble()
                probabilities += (0..<3).map { $0 == read ? top : (1 - top) / 2 }
            }
            try run.artifact("readings.h5") { url in
                let file = try HDF5File.create(url)
                try file.write("/post", labels.indices.map { "p\($0)" })
                try file.write("/split", labels.indices.map { $0 < 60 ? "test" : "speech" })
                try file.write("/label", labels)
                try file.write("/probabilities", probabilities, shape: [labels.count, 3])
                try file.close()
            }
            return Evaluation()
        }
    }

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-journeys-\(UUID().uuidString)")

    @Test func followsCustomersIntoProfilesAndReleasesWithNoise() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let launcher = Launcher(workspace: Workspace(folder), home: folder.appending(path: "home"))
        let readings = try await launcher.train(Readings.self, configuration: NoSettings())
        let run = try await launcher.train(
            JourneysExperiment.self, configuration: JourneysExperiment.smoke, inputs: ["readings": readings])
        let evaluation = run.evaluation
        func figure(_ name: String) throws -> Double { try #require(evaluation.figure(name)).value }

        let log = try JourneyLog(contentsOf: run.artifact("journeys.h5"))
        #expect(log.episodeCount == JourneysExperiment.smoke.customers)
        #expect(log.posts.allSatisfy { (60..<300).contains($0) })
        #expect(try Double(log.decisionCount) == figure("decisions"))
        let store = try ProfileStore(run.artifact("profiles.sqlite"))
        #expect(store.state.count == JourneysExperiment.smoke.customers)
        #expect(Double(store.state.sequence) == (try figure("events")))
        #expect(store.state.customers.allSatisfy { store.state[$0]?.journey.readings ?? 0 > 0 })
        let purchases = store.state.customers.indices.reduce(0.0) { $0 + Double(store.state[$1].revenueMicros) / 1e6 }
        #expect(purchases > 0)

        #expect(try figure("promotionsToDistressed") == 0)
        #expect(try figure("promotionsToDistressedUnguarded") > 0)
        #expect(try figure("readingAgreement") > 0.7)
        #expect(abs(try figure("share.distressed") + figure("share.unknown") + figure("share.clear") - 1) < 1e-12)
        #expect(try figure("ledger.spentEpsilon") == 0.5)
        #expect(try figure("ledger.remainingEpsilon") == 0.5)
        #expect(try figure("releaseMaximumError") > 0)
        #expect(try figure("releaseMaximumError") <= 3 * figure("releaseMaximumErrorBound"))
        for cell in try #require(evaluation.table("emotionBySegment")).rows { #expect(cell.count == 6) }

        // Asked again of the same people the ledger gives the same answer and charges nothing.
        let again = try await launcher.train(
            JourneysExperiment.self, configuration: JourneysExperiment.smoke, inputs: ["readings": readings])
        #expect(again.evaluation == evaluation)
    }

    @Test func refusesSettingsThatWouldWeakenTheSafeguards() {
        var configuration = JourneysExperiment.Configuration()
        configuration.distressThreshold = 0.99
        #expect(throws: (any Error).self) { try configuration.validate() }
        configuration = JourneysExperiment.Configuration()
        configuration.epsilon = 0
        #expect(throws: (any Error).self) { try configuration.validate() }
        #expect(throws: Never.self) { try JourneysExperiment.Configuration().validate() }
    }

    @Test func everyCellHasItsPlace() {
        for (index, cell) in EmotionCell.all.enumerated() { #expect(cell.index == index) }
        #expect(Set(EmotionCell.all.map(\.label)).count == 20)
    }
}
