import Foundation
import LabRuns

/// What the report needs of a gate's `verdict.json`.
struct GateFile {
    /// One mixture of candidate and behaviour policy.
    struct Mixture: Decodable {
        struct Support: Decodable {
            var effectiveSampleSize: Double
            var meanWeight: Double
        }

        var share: Double
        var value: Double
        var gain: Double
        var standardError: Double
        var lowerBound: Double
        var support: Support
        var tested: Bool
        var passed: Bool
        var reasons: [String]
    }

    private struct Content: Decodable {
        var accepted: Bool
        var exposure: Double
        var reasons: [String]
        var mixtures: [Mixture]?
        var customers: Int?
        var level: Double?
    }

    private struct Wrapped: Decodable {
        var verdict: Content
    }

    var isThere = false
    var accepted = false
    var exposure = 0.0
    var reasons: [String] = []
    var mixtures: [Mixture] = []
    var customers: Int?
    var level = 0.95
    var candidate = "the learned policy"

    /// Reads the stage's verdict; without a stage nothing is accepted.
    init(_ stage: ReportStage?) throws {
        guard let stage else { return }
        let data = try Data(contentsOf: stage.run.artifact("verdict.json"))
        let decoder = JSONDecoder()
        let content: Content
        if let wrapped = try? decoder.decode(Wrapped.self, from: data) {
            content = wrapped.verdict
        } else {
            content = try decoder.decode(Content.self, from: data)
        }
        isThere = true
        accepted = content.accepted
        exposure = content.exposure
        reasons = content.reasons
        mixtures = content.mixtures ?? []
        customers = content.customers
        level = content.level ?? level
        if case .text(let name)? = stage.run.configuration["candidate"], name != "learned" {
            candidate = Wording.name(name)
        }
    }
}
