import Foundation
import LabStatistics

/// The result of a run: figures, tables and what a reader must know about them.
public struct Evaluation: Codable, Sendable, Equatable {
    /// Named numbers, the most important first.
    public var figures: [Figure]
    /// The evidence behind the figures.
    public var tables: [ResultTable]
    /// One sentence each.
    public var notes: [String]

    public init(figures: [Figure] = [], tables: [ResultTable] = [], notes: [String] = []) {
        self.figures = figures
        self.tables = tables
        self.notes = notes
    }

    /// The figure of that name, or `nil`.
    public func figure(_ name: String) -> Figure? { figures.first { $0.name == name } }

    /// The table of that name, or `nil`.
    public func table(_ name: String) -> ResultTable? { tables.first { $0.name == name } }

    /// What must come out again: without the numbers that were read from a clock, whose names and units stay.
    public var repeatable: Evaluation {
        Evaluation(figures: figures.map(\.repeatable), tables: tables, notes: notes)
    }
}

/// One number of a result with its uncertainty.
public struct Figure: Codable, Sendable, Equatable {
    /// Which direction is an improvement.
    public enum Direction: String, Codable, Sendable {
        case higher
        case lower
    }

    /// Where a number comes from that the computation alone does not give.
    public enum Source: String, Codable, Sendable {
        /// Read from a clock: no repetition gives it again, so the result digest leaves it out.
        case clock
    }

    /// Short and unique in its evaluation, for example `macroF1`.
    public var name: String
    public var value: Double
    public var interval: Interval?
    /// For example `EUR`; `nil` for plain numbers.
    public var unit: String?
    /// How many observations it rests on.
    public var count: Int?
    public var better: Direction?
    /// `nil` for what the same configuration, seed, data and code give again.
    public var source: Source?

    public init(
        _ name: String, _ value: Double, interval: Interval? = nil, unit: String? = nil, count: Int? = nil,
        better: Direction? = nil, source: Source? = nil
    ) {
        self.name = name
        self.value = value
        self.interval = interval
        self.unit = unit
        self.count = count
        self.better = better
        self.source = source
    }
}

extension Figure {
    /// The figure itself, or what of it comes out again where it was read from a clock.
    var repeatable: Figure {
        source == nil ? self : Figure(name, 0, unit: unit, better: better, source: source)
    }
}
