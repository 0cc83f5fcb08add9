public import Foundation
import LabDomain
import LabStorage

/// Reads the Open Bandit data: `<campaign>.csv` with the rounds, `item_context.csv` beside it with the items.
///
/// Source: Saito, Aihara, Matsutani and Narita, NeurIPS Datasets and Benchmarks 2021, arXiv 2008.07146.
public enum OpenBandit {
    /// Which users there are, as the categories of each column `user_feature_…`, sorted; logs that shall be compared are read
    /// with one of them.
    public struct Vocabulary: Sendable, Equatable {
        public let columns: [String]
        public let categories: [[String]]

        /// The categories that occur in some files. Throws `StorageError`.
        public init(of files: [URL]) throws {
            var columns: [String] = []
            var found: [Set<String>] = []
            for file in files {
                let table = try CSVTable(file)
                let present = table.header.filter { $0.hasPrefix("user_feature_") }
                if columns.isEmpty {
                    columns = present
                    found = present.map { _ in [] }
                }
                let places = try columns.map { try table.index(of: $0) }
                while let record = try table.next() {
                    for (column, place) in places.enumerated() { found[column].insert(record.fields[place]) }
                }
            }
            self.columns = columns
            categories = found.map { $0.sorted() }
        }

        /// One name a number of the context.
        public var features: [String] {
            zip(columns, categories).flatMap { column, categories in
                categories.dropFirst().map { "\(column)=\($0)" }
            }
        }

        /// One number for each category but the first of its column (as `obp` has them), `nil` for an unknown category.
        func context(_ values: [String]) -> [Float]? {
            var context: [Float] = []
            for (value, categories) in zip(values, categories) {
                guard let place = categories.firstIndex(of: value) else { return nil }
                for other in categories.indices.dropFirst() { context.append(other == place ? 1 : 0) }
            }
            return context
        }
    }

    /// The rounds of a campaign under one policy.
    ///
    /// Positions count from 0 here, from 1 in the file. Throws `StorageError`; `.malformedRecord` names file and line of
    /// a round with an unknown item or position, a click that is neither 0 nor 1, or a propensity outside (0, 1].
    ///
    /// - Parameters:
    ///   - file: such as `random/men/men.csv`.
    ///   - vocabulary: that of the file alone if not given.
    public static func read(_ file: URL, vocabulary: Vocabulary? = nil) throws -> BanditRounds {
        let vocabulary = try vocabulary ?? Vocabulary(of: [file])
        let table = try CSVTable(file)
        let item = try table.index(of: "item_id")
        let position = try table.index(of: "position")
        let click = try table.index(of: "click")
        let propensity = try table.index(of: "propensity_score")
        let users = try vocabulary.columns.map { try table.index(of: $0) }
        var rounds = BanditRounds(
            itemCount: try itemCount(besides: file), positionCount: 3, features: vocabulary.features)
        while let record = try table.next() {
            func fail(_ reason: String) -> StorageError {
                .malformedRecord(file: file.path, line: record.line, reason: reason)
            }
            guard let shown = Int(record.fields[item]), let place = Int(record.fields[position]) else {
                throw fail("item_id or position is not a whole number")
            }
            guard let clicked = ["0": 0.0, "1": 1.0][record.fields[click]] else {
                throw fail("click is \(record.fields[click]), neither 0 nor 1")
            }
            guard let probability = Double(record.fields[propensity]), probability.isFinite else {
                throw fail("propensity_score is not a number")
            }
            guard let context = vocabulary.context(users.map { record.fields[$0] }) else {
                throw fail("a user feature is not in the vocabulary")
            }
            let problem = rounds.append(
                .init(context: context, item: shown, position: place - 1, reward: clicked, propensity: probability))
            if let problem { throw fail(problem) }
        }
        guard rounds.count > 0 else {
            throw StorageError.noUsableRows(file: file.path, reason: "there is nothing after its first line")
        }
        return rounds
    }

    /// Whether a file's first line is that of the Open Bandit data.
    public static func isOpenBandit(_ file: URL) -> Bool {
        guard let table = try? CSVTable(file) else { return false }
        return ["item_id", "position", "click", "propensity_score"].allSatisfy(table.header.contains)
    }

    private static func itemCount(besides file: URL) throws -> Int {
        let table = try CSVTable(file.deletingLastPathComponent().appendingPathComponent("item_context.csv"))
        let item = try table.index(of: "item_id")
        var count = 0
        while let record = try table.next() {
            guard let number = Int(record.fields[item]), number == count else {
                throw StorageError.malformedRecord(
                    file: file.path, line: record.line, reason: "items are not numbered from 0 on")
            }
            count += 1
        }
        return count
    }
}
