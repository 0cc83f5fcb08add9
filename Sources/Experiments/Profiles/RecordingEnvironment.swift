import LabDomain
import Synchronization

/// What one decision led to, beside its reward.
struct StepOutcome: Sendable {
    var engagements: Int32
    var conversions: Int32
    /// Currency units.
    var revenue: Double
}

/// Collects the outcomes of every customer's decisions in order.
final class OutcomeRecorder: Sendable {
    private let kept = Mutex<[[StepOutcome]]>([])

    /// Shape [customers][decisions], by the customers' numbers.
    var outcomes: [[StepOutcome]] { kept.withLock { $0 } }

    func record(_ customers: Range<Int>, _ batch: EnvironmentBatch) {
        kept.withLock { kept in
            while kept.count < customers.upperBound { kept.append([]) }
            for (place, number) in customers.enumerated() where batch.elapsed[place] > 0 {
                kept[number].append(
                    StepOutcome(
                        engagements: batch.engagements[place], conversions: batch.conversions[place],
                        revenue: batch.revenue[place]))
            }
        }
    }
}

/// An environment whose outcomes are written down on the way: a journey log keeps rewards only.
struct RecordingEnvironment<Base: CustomerEnvironment>: CustomerEnvironment {
    private var base: Base
    private let recorder: OutcomeRecorder
    private var customers = 0..<0

    init(_ base: Base, recorder: OutcomeRecorder) {
        self.base = base
        self.recorder = recorder
    }

    var schema: StateSchema { base.schema }
    var actionCount: Int { base.actionCount }
    var horizon: Int { base.horizon }
    var discount: Double { base.discount }

    mutating func reset(customers: Range<Int>, into batch: inout EnvironmentBatch) {
        self.customers = customers
        base.reset(customers: customers, into: &batch)
    }

    mutating func step(actions: [Int32], into batch: inout EnvironmentBatch) throws {
        try base.step(actions: actions, into: &batch)
        recorder.record(customers, batch)
    }
}
