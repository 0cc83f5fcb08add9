import Foundation
import LabDomain
import LabStorage
import LabTestKit
import Testing

@testable import LabSimulation

@Suite struct OpenBanditTests {
    static let random = Fixture.file("Journeys/openBandit/random/men/men.csv")
    static let thompson = Fixture.file("Journeys/openBandit/bts/men/men.csv")

    /// Counted with Python's csv: 200 rounds each.
    @Test func countsAreThoseOfTheFile() throws {
        let random = try OpenBandit.read(Self.random)
        #expect(random.count == 200 && random.itemCount == 34 && random.positionCount == 3)
        #expect(random.features.count == 2 + 2 + 6 + 5)
        #expect(random.contexts.reduce(0, +) == 581)
        #expect(random.rewards.indices.filter { random.rewards[$0] == 1 } == [66, 128])
        #expect(random.items.reduce(0) { $0 + Int($1) } == 3279)
        #expect(random.positions.reduce(0) { $0 + Int($1) } == 395 - 200)
        #expect(random.items[0] == 22 && random.positions[0] == 0)
        // Categories 2 of 3, 0 of 3, 5 of 7 and 5 of 6.
        #expect(Array(random.contexts[0..<15]) == [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1])
        let thompson = try OpenBandit.read(Self.thompson)
        #expect(thompson.rewards.indices.filter { thompson.rewards[$0] == 1 } == [40, 129, 164, 168])
        #expect(abs(thompson.propensities.reduce(0) { $0 + 1 / $1 } - 6572.521831) < 1e-6)
    }

    @Test func oneVocabularyForTwoLogs() throws {
        let vocabulary = try OpenBandit.Vocabulary(of: [Self.random, Self.thompson])
        let random = try OpenBandit.read(Self.random, vocabulary: vocabulary)
        let thompson = try OpenBandit.read(Self.thompson, vocabulary: vocabulary)
        #expect(random.features == thompson.features && random.features.count > 15)
        #expect(random.contexts.reduce(0, +) > 0)
        let narrow = try OpenBandit.Vocabulary(of: [Self.thompson])
        #expect(throws: StorageError.self) { try OpenBandit.read(Self.random, vocabulary: narrow) }
    }

    @Test func roundsBecomeJourneysOfOneDecision() throws {
        let rounds = try OpenBandit.read(Self.thompson)
        let log = try rounds.journeys(name: "openBandit.men")
        #expect(log.episodeCount == 200 && log.decisionCount == 200 && log.actionCount == 34 && log.discount == 1)
        #expect(log.featureCount == rounds.features.count + 3)
        #expect(log.returns == rounds.rewards && log.propensities == rounds.propensities)
        #expect(log.actions == rounds.items && log.terminal.allSatisfy(\.self) && log.permitted.allSatisfy(\.self))
        #expect(log.outcome(40).engagements == 1 && log.outcome(0).engagements == 0)
        let row = Array(log.observations[0..<log.featureCount])
        #expect(Array(row.suffix(3)) == [0, 1, 0] && rounds.positions[0] == 1)

        let slots = try rounds.journeys(choosing: .itemAndPosition)
        #expect(slots.actionCount == 102 && slots.actions[0] == 23 * 3 + 1)
        #expect(slots.permitted.count { $0 } == 200 * 34)
    }

    @Test func badRoundsAreNamedByLine() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-bandit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.csv")
        try Data("item_id,x\n0,1\n1,1\n".utf8).write(to: folder.appendingPathComponent("item_context.csv"))
        func reason(_ row: String) throws -> String? {
            try Data("item_id,position,click,propensity_score,user_feature_0\n0,1,0,0.5,a\n\(row)\n".utf8).write(
                to: file)
            do {
                _ = try OpenBandit.read(file)
                return nil
            } catch StorageError.malformedRecord(_, 3, let reason) {
                return reason
            }
        }
        #expect(try reason("1,3,1,1,b") == nil)
        #expect(try reason("2,1,0,0.5,a") == "item 2 is unknown: items are 0 ..< 2")
        #expect(try reason("1,4,0,0.5,a") == "position 3 is unknown: positions are 0 ..< 3")
        #expect(try reason("1,1,2,0.5,a") == "click is 2, neither 0 nor 1")
        #expect(try reason("1,1,0,0,a") == "the propensity 0.0 is not in (0, 1]")
        #expect(try reason("1,1,0,nan,a") == "propensity_score is not a number")
        #expect(try reason("x,1,0,1,a") == "item_id or position is not a whole number")
    }

    static let sample = DatasetCatalogue.standard(workspace: Checkout.root)

    /// The whole sample, where it was pulled: clicks as `obp` 0.5.7 and the paper's table count them.
    @Test(
        .enabled(
            if: (try? sample.status(of: "open-bandit", quickly: true).state) == .present,
            "labctl data pull open-bandit"),
        arguments: [
            ("random/men/men.csv", 34, 46, 21), ("bts/men/men.csv", 34, 69, 22), ("random/all/all.csv", 80, 38, 20),
            ("bts/all/all.csv", 80, 42, 22),
        ])
    func theWholeSample(_ path: String, _ items: Int, _ clicks: Double, _ features: Int) throws {
        let rounds = try OpenBandit.read(Self.sample.file("open-bandit", path))
        #expect(rounds.count == 10_000 && rounds.itemCount == items && rounds.features.count == features)
        #expect(rounds.rewards.reduce(0, +) == clicks)
    }
}
