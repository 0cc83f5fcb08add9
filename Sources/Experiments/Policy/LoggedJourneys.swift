import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStorage

/// The journeys of a `profiles/journeys` run with what made them: behaviour policy, safeguard, voice.
struct LoggedJourneys {
    let log: JourneyLog
    let behavior: EmoSeqLoggingPolicy
    let safeguard: Safeguard
    /// `nil` is the simulator's own Gaussian voice.
    let voice: RecordedVoice?
    let voiceName: String

    init(_ run: Run) throws {
        let parent = try run.parent("journeys")
        log = try JourneyLog(contentsOf: parent.artifact("journeys.h5"))
        func setting(_ key: String, _ fallback: Double) throws -> Double {
            try parent.configuration[key]?.decode(as: Double.self) ?? fallback
        }
        behavior = EmoSeqLoggingPolicy(schema: log.schema, uniformShare: try setting("uniformShare", 0.1))
        let standard = SafeguardThresholds.standard
        safeguard = Safeguard(
            thresholds: try SafeguardThresholds(
                distress: setting("distressThreshold", standard.distress),
                confidence: setting("confidenceThreshold", standard.confidence)))
        voice = try run.optionalParent("readings").map { try SpokenPosts($0.artifact("readings.h5")).voice }
        voiceName = voice == nil ? "the simulator's own voice" : "posts of the speech split as the model reads them"
    }
}

/// Which customers teach and which judge.
struct CustomerSplit: Codable, Equatable {
    static let file = "split.json"

    /// Customer numbers, ascending.
    let training: [Int32]
    let heldOut: [Int32]

    init(_ log: JourneyLog, trainingShare: Double, stream: RandomStream) {
        var order = Array(Set(log.customers)).sorted()
        var draws = stream
        draws.shuffle(&order)
        let cut = min(max(Int((Double(order.count) * trainingShare).rounded()), 1), max(order.count - 1, 1))
        training = order[..<cut].sorted()
        heldOut = order[cut...].sorted()
    }

    init(_ url: URL) throws { self = try JSONDecoder().decode(CustomerSplit.self, from: Data(contentsOf: url)) }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(self)
    }

    func training(_ log: JourneyLog) -> JourneyLog { Self.select(training, of: log) }
    func heldOut(_ log: JourneyLog) -> JourneyLog { Self.select(heldOut, of: log) }

    private static func select(_ customers: [Int32], of log: JourneyLog) -> JourneyLog {
        let wanted = Set(customers)
        return log.selecting(log.customers.indices.filter { wanted.contains(log.customers[$0]) })
    }
}
