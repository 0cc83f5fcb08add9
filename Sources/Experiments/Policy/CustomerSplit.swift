import Foundation
import LabNumerics
import LabPolicy
import LabSimulation

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

    /// - Parameters: customer numbers, ascending.
    init(training: [Int32], heldOut: [Int32]) {
        self.training = training
        self.heldOut = heldOut
    }

    init(_ url: URL) throws { self = try JSONDecoder().decode(CustomerSplit.self, from: Data(contentsOf: url)) }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(self)
    }

    func training(_ log: JourneyLog) -> JourneyLog { Self.select(training, of: log) }
    func heldOut(_ log: JourneyLog) -> JourneyLog { Self.select(heldOut, of: log) }

    /// Throws `PolicyError.inconsistentEvaluation` where the log has nobody to learn from, or nobody to judge by.
    func check(_ log: JourneyLog) throws {
        let present = Set(log.customers)
        for (part, purpose) in [(training, "teach"), (heldOut, "judge")] where present.isDisjoint(with: part) {
            throw PolicyError.inconsistentEvaluation(
                "of its \(present.count) customers none is left to \(purpose), after the split by customer")
        }
    }

    private static func select(_ customers: [Int32], of log: JourneyLog) -> JourneyLog {
        let wanted = Set(customers)
        return log.selecting(log.customers.indices.filter { wanted.contains(log.customers[$0]) })
    }
}
