import Foundation
import LabRuns
import LabStatistics
import LabStorage

/// One known fact of each main dataset.
enum DatasetFacts {
    /// The files that are counted, by dataset.
    static let files = [
        "vader-tweets": ["tweets_GroundTruth.txt"],
        "vader-lexicon": ["vader_lexicon.txt", "emoji_utf8_lexicon.txt"],
        "open-bandit": ["random/men/men.csv", "bts/men/men.csv", "random/all/all.csv", "bts/all/all.csv"],
        "cdnow": ["CDNOW_sample.txt", "cdnow_customers_summary.csv"],
        "mta-paths": ["data.csv"],
        "lab-posts": ["posts.jsonl"],
    ]

    /// The facts of a dataset; none of one that is not known here.
    static func figures(of dataset: Dataset) throws -> [Figure] {
        switch dataset.name {
        case "vader-tweets": [try meanRating(dataset)]
        case "open-bandit":
            [
                try clickRate(dataset, "random/all/all.csv", named: "clickRateRandom"),
                try clickRate(dataset, "bts/all/all.csv", named: "clickRateThompson"),
            ]
        case "cdnow": [try repeatBuyers(dataset)]
        case "mta-paths": [try pathConversion(dataset)]
        case "lab-posts": [try labelledPosts(dataset)]
        default: []
        }
    }

    private static func meanRating(_ dataset: Dataset) throws -> Figure {
        let reader = try CSVReader(dataset.file("tweets_GroundTruth.txt"), separator: "\t", quoting: .none)
        var ratings: [Double] = []
        while let record = try reader.next() {
            if record.fields.count > 1, let rating = Double(record.fields[1]) { ratings.append(rating) }
        }
        return figure("meanRating", meanInterval(ratings))
    }

    private static func clickRate(_ dataset: Dataset, _ path: String, named name: String) throws -> Figure {
        let table = try CSVTable(dataset.file(path))
        let column = try table.index(of: "click")
        var rounds = 0
        var clicks = 0
        while let record = try table.next() {
            rounds += 1
            if record.fields[column] == "1" { clicks += 1 }
        }
        return figure(name, try wilson(successes: clicks, trials: rounds))
    }

    private static func repeatBuyers(_ dataset: Dataset) throws -> Figure {
        let table = try CSVTable(dataset.file("cdnow_customers_summary.csv"))
        let column = try table.index(of: "frequency")
        var customers = 0
        var repeating = 0
        while let record = try table.next() {
            customers += 1
            if (Double(record.fields[column]) ?? 0) > 0 { repeating += 1 }
        }
        return figure("repeatBuyers", try wilson(successes: repeating, trials: customers))
    }

    private static func pathConversion(_ dataset: Dataset) throws -> Figure {
        let table = try CSVTable(dataset.file("data.csv"))
        let conversions = try table.index(of: "total_conversions")
        let nulls = try table.index(of: "total_null")
        var converted = 0
        var total = 0
        while let record = try table.next() {
            let count = Int(record.fields[conversions]) ?? 0
            converted += count
            total += count + (Int(record.fields[nulls]) ?? 0)
        }
        return figure("pathConversion", try wilson(successes: converted, trials: total))
    }

    private static func labelledPosts(_ dataset: Dataset) throws -> Figure {
        let reader = try JSONLinesReader(dataset.file("posts.jsonl"))
        var posts = 0
        while try reader.nextLine() != nil { posts += 1 }
        return Figure("labelledPosts", Double(posts), count: posts)
    }

    private static func figure(_ name: String, _ estimate: Estimate) -> Figure {
        Figure(name, estimate.value, interval: estimate.interval, count: estimate.count)
    }
}
