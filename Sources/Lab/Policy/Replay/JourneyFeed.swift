public import LabNumerics
public import LabSimulation

/// A log file as a succession of windows to learn from, of which one is in memory at a time.
///
/// Each pass over the file takes the pieces in another order, so that a window mixes parts that lie far apart. All windows
/// share one frame, that of the whole. Where a feed stands is its `position`; with it a feed over the same pieces and stream
/// goes on as this one would.
public struct JourneyFeed: Sendable {
    /// Which window is next.
    public struct Position: Sendable, Equatable, Codable {
        public var pass = 0
        public var window = 0

        public init() {}
    }

    public let pieces: JourneyPieces
    public let frame: LearningFrame
    public var position = Position()
    private let reader: JourneyLogReader
    private let reward: RewardFunction
    private let steps: Int
    private let stream: RandomStream

    /// - Parameters:
    ///   - reader: the file; it stays open.
    ///   - pieces: which episodes, and how many at a time.
    ///   - frame: of all of them, as `LearningFrame(reader, pieces, rewardScale:)` gives it.
    ///   - reward: what decisions are worth.
    ///   - steps: n of the n-step return.
    ///   - stream: its child of a pass's number draws the order of the pieces.
    ///
    /// Throws `PolicyError.emptyLog` where there is no episode.
    public init(
        _ reader: JourneyLogReader, _ pieces: JourneyPieces, frame: LearningFrame, reward: RewardFunction = .logged,
        steps: Int = 1, stream: RandomStream
    ) throws {
        guard pieces.episodeCount > 0 else { throw PolicyError.emptyLog }
        self.reader = reader
        self.pieces = pieces
        self.frame = frame
        self.reward = reward
        self.steps = steps
        self.stream = stream
    }

    /// Windows in a pass.
    public var windowCount: Int { (pieces.ranges.count + pieces.together - 1) / pieces.together }

    /// The pieces of a window, in the order of the file; windows of a pass differ by one piece at most.
    public func window(at position: Position) -> [Int] {
        var order = Array(pieces.ranges.indices)
        var draws = stream.child(position.pass)
        draws.shuffle(&order)
        let (count, windows) = (order.count, windowCount)
        return order[position.window * count / windows..<(position.window + 1) * count / windows].sorted()
    }

    /// The next window, and moves on.
    ///
    /// Throws `PolicyError.rewardNotKnown` with the episode's number within the window, `.invalidSetting` where a pass has
    /// no such window, and what reading throws; the position then stays.
    public mutating func next() throws -> OfflineDataset {
        try PolicyError.require(
            position.pass >= 0 && (0..<windowCount).contains(position.window), "window", position.window,
            "one of the \(windowCount) windows of a pass: the checkpoint is of other settings or another log")
        let log = try pieces.read(window(at: position), from: reader)
        let dataset = try OfflineDataset(
            log, rewardScale: Double(frame.rewardScale), reward: reward, steps: steps, frame: frame)
        position.window += 1
        if position.window >= windowCount { (position.pass, position.window) = (position.pass + 1, 0) }
        return dataset
    }
}
