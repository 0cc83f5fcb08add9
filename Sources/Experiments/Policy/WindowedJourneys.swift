import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSimulation
import LabStorage

/// Journeys of a log that may be larger than memory, of which at most so many episodes are held at a time.
struct WindowedJourneys {
    let reader: JourneyLogReader
    let pieces: JourneyPieces
    private let window: Int
    /// Where truth is known.
    private let world: SimulatedWorld?

    /// - Parameters:
    ///   - dataset: the name of a user's own log; empty takes the run that was given as `journeys`.
    ///   - window: episodes in memory at a time, at least 1.
    ///
    /// Throws `PolicyError.foreignLog` for a log of another program, and what opening it throws.
    init(_ run: Run, dataset name: String, window: Int) throws {
        let url: URL
        if name.isEmpty {
            let parent = try run.parent("journeys")
            world = try SimulatedWorld(parent, readings: run.optionalParent("readings"))
            url = try parent.artifact(LoggedJourneys.file)
        } else {
            world = nil
            url = try run.dataset(name).file(LoggedJourneys.file)
        }
        let form = try JourneyFormat(of: url)
        guard form == .lab else { throw PolicyError.foreignLog(file: url.path, form: form.rawValue) }
        reader = try JourneyLogReader(url)
        pieces = try JourneyPieces(episodeCount: reader.episodeCount, window: window)
        self.window = window
    }

    /// The customers by whom a policy is judged, and those from whom its model of values learns: of each side as many
    /// pieces, drawn by chance, as a window holds.
    func judging(_ split: JourneyPieces.Split, stream: RandomStream) throws -> CustomerSplit {
        CustomerSplit(
            training: try customers(of: split.training, stream.child("training")),
            heldOut: try customers(of: split.heldOut, stream.child("heldOut")))
    }

    private func customers(of part: JourneyPieces, _ stream: RandomStream) throws -> [Int32] {
        var order = part.ranges
        var draws = stream
        draws.shuffle(&order)
        var found: Set<Int32> = []
        for range in order.prefix(part.together) {
            for (episode, customer) in zip(range, try reader.customers(episodes: range))
            where !part.aside.contains(episode) {
                found.insert(customer)
            }
        }
        return found.sorted()
    }

    /// The journeys of some customers as a log in memory; at most a window of each side, the first in the file.
    func sample(_ split: CustomerSplit, _ run: Run) throws -> LoggedJourneys {
        let sides = [Set(split.training), Set(split.heldOut)]
        var left = [window, window]
        var log = JourneyLog(schema: reader.schema, actionCount: reader.actionCount, discount: reader.discount)
        for range in pieces.ranges where left.contains(where: { $0 > 0 }) {
            try run.checkCancellation()
            var wanted: [Int] = []
            for (place, customer) in try reader.customers(episodes: range).enumerated() {
                guard let side = sides.firstIndex(where: { $0.contains(customer) }), left[side] > 0 else { continue }
                left[side] -= 1
                wanted.append(place)
            }
            if !wanted.isEmpty { log.append(episodes: wanted, of: try reader.read(episodes: range)) }
        }
        guard let world else { return try LoggedJourneys(ofUser: log, run) }
        return LoggedJourneys(log, world: world)
    }

    /// What is to be said of how the log was read.
    func notes(_ split: JourneyPieces.Split, judging: CustomerSplit, _ settings: TrainingSettings) -> [String] {
        let decisions = split.training.ranges.reduce(0) {
            $0 + reader.offsets[$1.upperBound] - reader.offsets[$1.lowerBound]
        }
        let passes = Double(settings.steps) * Double(settings.batchSize) / Double(max(decisions, 1))
        return [
            """
            The log was read in windows of at most \(window) episodes: \(split.training.episodeCount) episodes taught, \
            \(split.heldOut.episodeCount) were held out, and by \(judging.heldOut.count) customers of these the policy was \
            judged. The training drew \((passes * 100).rounded() / 100) times as many decisions as taught.
            """,
            """
            Episodes set aside because an earlier one of the same customer stands on the other side: \(split.setAside).
            """,
        ]
    }
}
