import Foundation
import LabStorage

/// A run of another program, read and checked but not yet taken over.
struct ForeignRun {
    var origin: RunOrigin
    /// Settings as texts.
    var parameters: [String: String] = [:]
    /// By name, each name's points in the order of measuring.
    var metrics: [MetricPoint] = []
    /// Where each artifact lies, by its relative name.
    var artifacts: [(name: String, file: URL)] = []
    /// Digests of the datasets that it read.
    var datasets: [String: String] = [:]
    /// What a reader should know.
    var notes: [String] = []

    /// The identifier that this run always gets: its time, and 80 bits of a digest of where it comes from.
    var id: String {
        var generator = DigestGenerator("\(origin.system)\n\(origin.experiment)\n\(origin.id)")
        return ULID.make(at: started, using: &generator)
    }

    /// When it began.
    var started: Date { Date(timeIntervalSince1970: Double((origin.started ?? 0) / 1000)) }
}

/// Why something of another program's store was not taken over; it stays where it is.
public struct Quarantined: Codable, Sendable, Equatable {
    /// Which run or experiment, relative to the store.
    public var place: String
    public var reason: String
}

/// A record that cannot be taken over, with the reason in a few words.
struct ForeignDamage: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}

/// The bits of a digest as a source of random numbers: the same text always gives the same ones.
struct DigestGenerator: RandomNumberGenerator {
    private let text: String
    private var count = 0

    init(_ text: String) { self.text = text }

    mutating func next() -> UInt64 {
        count += 1
        return UInt64(Digest.sha256("\(text)\n\(count)").prefix(16), radix: 16) ?? 0
    }
}
