import Foundation
import LabDomain
import LabSafeguards
import Testing

@Suite struct SafeguardBatchTests {
    /// The batch form agrees with the single form on a grid over the simplex and for every audience.
    @Test func agreesWithOneByOne() throws {
        let safeguard = Safeguard()
        var rows: [Double] = []
        for negative in 0...20 {
            for neutral in 0...(20 - negative) {
                let positive = 20 - negative - neutral
                rows += [Double(negative) / 20, Double(neutral) / 20, Double(positive) / 20]
            }
        }
        rows += [.nan, .nan, .nan, 0.2, 0.2, 0.2]
        for audience in [Audience.adult, .anyone, Audience(age: .adult, objection: .contact)] {
            let batch = try safeguard.permittedActions(probabilities: rows, audience: audience)
            let single = try safeguard.permittedActions(probabilities: rows.map { Float($0) }, audience: audience)
            #expect(batch.count == rows.count / 3)
            for row in 0..<batch.count {
                let reading = Reading(sentiment: Array(rows[3 * row..<3 * row + 3]), model: "m")
                let expected = safeguard.permittedActions(reading: reading, audience: audience)
                #expect(batch.assessments[row] == expected.assessment)
                #expect(Array(batch.mask[12 * row..<12 * row + 12]) == expected.mask)
                #expect(batch.causes(decision: row) == expected.causes)
                #expect(batch.permits(action: 7, decision: row) == expected.permits(action: 7))
            }
            #expect(batch.counts.reduce(0, +) == batch.count)
            // 0.45 in single precision lies below 0.45: the two precisions may differ at a threshold, only there.
            let differing = zip(batch.assessments, single.assessments).count { $0 != $1 }
            #expect(differing <= 30)
            #expect(safeguard.permittedActions(assessments: batch.assessments, audience: audience) == batch)
        }
    }

    @Test func refusesBrokenShapes() throws {
        #expect(throws: SafeguardsError.shape("sentiment probabilities", expected: 6, found: 4)) {
            try Safeguard().permittedActions(probabilities: [Float](repeating: 0, count: 4), audience: .adult)
        }
        let empty = try Safeguard().permittedActions(probabilities: [Float](), audience: .adult)
        #expect(empty.count == 0)
    }
}
