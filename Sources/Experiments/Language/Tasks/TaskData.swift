import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

/// The texts of a training: what is learned from, what chooses, and what judges.
struct TaskData {
    let train: SourcedTexts
    let validation: SourcedTexts
    let test: SourcedTexts

    var classes: [String] { train.texts.classes }
    var parts: [(name: String, texts: SourcedTexts)] {
        [("train", train), ("validation", validation), ("test", test)]
    }

    init<Task: TaskDefinition>(_ configuration: TaskConfiguration<Task>, _ run: Run) throws {
        let data = configuration.data
        if data.isEmpty {
            train = try Task.texts("train", run)
            validation = try Task.texts("val", run)
            test = try Task.texts(configuration.split, run)
        } else if data == "lab-posts" {
            let file = try run.dataset(data).file("posts.jsonl")
            let all = try LabelledTexts.read(file: file, label: Task.smokeLabel)
            (train, validation, test) = Self.divided(all, source: data, Array(0..<all.count))
        } else if URL(filePath: data).pathExtension.isEmpty {
            func part(_ split: String, _ classes: [String]?) throws -> SourcedTexts {
                try .named(data, split: split, task: Task.task, label: configuration.label, classes: classes)
            }
            train = try part("train", nil)
            validation = try part("val", train.texts.classes)
            test = try part(configuration.split, train.texts.classes)
        } else {
            let all = try SourcedTexts.named(
                data, split: "", task: Task.task, label: configuration.label, classes: nil)
            var stream = run.stream("split")
            (train, validation, test) = Self.divided(
                all.texts, source: all.source, stream.permutation(all.texts.count))
        }
        for (name, part) in parts where part.texts.count == 0 {
            throw LanguageError.noExamples(what: "in the \(name) part")
        }
        for (name, support) in zip(classes, train.texts.support) where support == 0 {
            throw LanguageError.missingClass(name)
        }
    }

    /// Three fifths, one fifth and one fifth, in turn along `order`; a text that stands twice is in one part only.
    private static func divided(
        _ all: LabelledTexts, source: String, _ order: [Int]
    ) -> (SourcedTexts, SourcedTexts, SourcedTexts) {
        var places: [[Int]] = [[], [], []]
        var seen: Set<String> = []
        for place in order where seen.insert(all.texts[place]).inserted {
            places[[0, 0, 0, 1, 2][(seen.count - 1) % 5]].append(place)
        }
        let parts = places.map { SourcedTexts(texts: all.gathering($0), source: source) }
        return (parts[0], parts[1], parts[2])
    }
}
