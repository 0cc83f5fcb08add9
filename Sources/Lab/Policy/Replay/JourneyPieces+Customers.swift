public import LabNumerics
public import LabSimulation

extension JourneyPieces {
    /// Pieces to learn from and pieces to judge by, of which no customer stands on both sides.
    public struct Split: Sendable, Equatable {
        public let training: JourneyPieces
        public let heldOut: JourneyPieces
        /// Episodes that neither side has, since an earlier episode of their customer stands on the other.
        public let setAside: Int
    }

    /// Deals out whole pieces by chance; a customer belongs to the side of the first episode, and later episodes in
    /// pieces of the other side are left out there.
    ///
    /// Reads the customers of the whole file and keeps one entry a customer.
    ///
    /// - Parameter trainingShare: share of the pieces to learn from, in (0, 1).
    ///
    /// Throws `PolicyError.emptyLog` where a side has no episode, and what reading throws.
    public func split(_ reader: JourneyLogReader, trainingShare: Double, stream: RandomStream) throws -> Split {
        var order = Array(ranges.indices)
        var draws = stream
        draws.shuffle(&order)
        let cut = min(max(Int((Double(order.count) * trainingShare).rounded()), 1), max(order.count - 1, 1))
        var teaches = [Bool](repeating: false, count: ranges.count)
        for piece in order.prefix(cut) { teaches[piece] = true }

        var sides: [Int32: Bool] = [:]
        var left = aside
        for (piece, range) in ranges.enumerated() {
            for (episode, customer) in zip(range, try reader.customers(episodes: range)) where !aside.contains(episode)
            {
                if sides[customer, default: teaches[piece]] == teaches[piece] {
                    sides[customer] = teaches[piece]
                } else {
                    left.insert(episode)
                }
            }
        }
        let split = Split(
            training: part(left) { teaches[$0] }, heldOut: part(left) { !teaches[$0] },
            setAside: left.count - aside.count)
        guard split.training.episodeCount > 0, split.heldOut.episodeCount > 0 else { throw PolicyError.emptyLog }
        return split
    }

    /// The pieces that `isWanted` and are not wholly left out.
    private func part(_ left: Set<Int>, _ isWanted: (Int) -> Bool) -> JourneyPieces {
        let kept = ranges.indices.filter { piece in
            isWanted(piece) && ranges[piece].contains { !left.contains($0) }
        }.map { ranges[$0] }
        return JourneyPieces(
            ranges: kept, aside: left.isEmpty ? [] : Set(kept.joined().filter(left.contains)), together: together)
    }
}
