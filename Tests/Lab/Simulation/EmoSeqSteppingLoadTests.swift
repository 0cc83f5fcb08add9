import LabSimulation
import Testing

@Suite struct EmoSeqSteppingLoadTests {
    @Test func playsWholeEpisodesOfNewCustomers() throws {
        var load = try EmoSeqSteppingLoad(batchSize: 64)
        let first = try load.playBatch()
        #expect(first > 64 * 5 && first <= 64 * 40)
        #expect(try load.playBatch() != first)
        var again = try EmoSeqSteppingLoad(batchSize: 64)
        #expect(try again.playBatch() == first)
    }
}
