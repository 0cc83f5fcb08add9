import Foundation
import LabLanguage
import LabNumerics
import LabRuns

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
        let parts: (train: SourcedTexts, validation: SourcedTexts, test: SourcedTexts)
        if data == "lab-posts" {
            let file = try run.dataset(data).file("posts.jsonl")
            let all = try LabelledTexts.read(
                file: file, label: Task.smokeLabel, segment: configuration.segmentColumn)
            parts = Self.divided(all, source: data, Array(0..<all.count))
        } else if data.isEmpty || SourcedTexts.isFolder(data) {
            let split = configuration.split
            try require(!["train", "val"].contains(split), "split", split, "a part that neither trains nor chooses")
            func part(_ split: String, _ classes: [String]?) throws -> SourcedTexts {
                guard !data.isEmpty else { return try Task.texts(split, run) }
                return try .named(
                    data, split: split, task: Task.task, label: configuration.label,
                    segment: configuration.segmentColumn, classes: classes)
            }
            let train = try part("train", nil)
            parts = (train, try part("val", train.texts.classes), try part(split, train.texts.classes))
        } else {
            let all = try SourcedTexts.named(
                data, split: "", task: Task.task, label: configuration.label,
                segment: configuration.segmentColumn, classes: nil)
            // The same for every seed and for later evaluations, which must not judge on what was learned from.
            var stream = RandomStream(seed: 0, name: "language/division")
            parts = Self.divided(all.texts, source: all.source, stream.permutation(all.texts.count))
        }
        test = parts.test
        let judging = Set(test.texts.texts)
        validation = parts.validation.without(judging, because: "also in test")
        train = parts.train.without(judging.union(validation.texts.texts), because: "also in validation or test")
        for (name, part) in self.parts where part.texts.count == 0 {
            throw LanguageError.noExamples(what: "in the \(name) part")
        }
        for (name, support) in zip(classes, train.texts.support) where support == 0 {
            throw LanguageError.missingClass(name)
        }
    }

    /// Three fifths, one fifth and one fifth, in turn along `order`; a text that stands twice is in one part only.
    static func divided(
        _ all: LabelledTexts, source: String, _ order: [Int]
    ) -> (train: SourcedTexts, validation: SourcedTexts, test: SourcedTexts) {
        var places: [[Int]] = [[], [], []]
        var seen: Set<String> = []
        for place in order where seen.insert(all.texts[place]).inserted {
            places[[0, 0, 0, 1, 2][(seen.count - 1) % 5]].append(place)
        }
        let parts = places.map { SourcedTexts(texts: all.gathering($0), source: source) }
        return (parts[0], parts[1], parts[2])
    }
}
