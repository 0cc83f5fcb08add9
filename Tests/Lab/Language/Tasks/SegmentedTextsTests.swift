import Foundation
import LabStorage
import Testing

@testable import LabLanguage

@Suite("Segments of texts")
struct SegmentedTextsTests {
    private static let table = "text,label,platform,age\na,good,web,\nb,bad, app ,40\nc,bad,,41\n"

    @Test("A column of a table is the segment, whatever stands in it")
    func tables() throws {
        try Corpora.temporary { folder in
            for (name, separator) in [("own.csv", ","), ("own.tsv", "\t")] {
                try folder.write(name, Self.table.replacing(",", with: separator))
                let file = folder.appending(path: name)
                let texts = try LabelledTexts.read(file: file, segment: "platform")
                #expect(texts.texts == ["a", "b", "c"] && texts.labels == [1, 0, 0])
                #expect(texts.segments == ["web", " app ", ""])
                #expect(try LabelledTexts.read(file: file, segment: "age").segments == ["", "40", "41"])
                #expect(try LabelledTexts.read(file: file).segments == nil)
                #expect(
                    throws: StorageError.missingColumn(
                        file: file.path, column: "platfrom", nearest: nil,
                        present: ["text", "label", "platform", "age"])
                ) { try LabelledTexts.read(file: file, segment: "platfrom") }
            }
        }
    }

    @Test("A key of records may hold texts, whole numbers or truth values, and may be absent")
    func records() throws {
        try Corpora.temporary { folder in
            let lines = [
                #"{"text":"a","label":"x","s":"web"}"#, #"{"text":"b","label":"x","s":7}"#,
                #"{"text":"c","label":"y","s":true}"#, #"{"text":"d","label":"y","s":null}"#,
                #"{"text":"e","label":"y"}"#,
            ]
            try folder.write("own.jsonl", lines.joined(separator: "\n"))
            let file = folder.appending(path: "own.jsonl")
            #expect(try LabelledTexts.read(file: file, segment: "s").segments == ["web", "7", "true", "", ""])
            #expect(
                throws: StorageError.missingColumn(
                    file: file.path, column: "z", nearest: nil, present: ["label", "s", "text"])
            ) { try LabelledTexts.read(file: file, segment: "z") }
            try folder.write("own.jsonl", lines[0] + "\n" + #"{"text":"b","label":"x","s":[1]}"#)
            #expect(
                throws: LanguageError.badTextFile(
                    file: "own.jsonl", line: 2, reason: "its \"s\" is no text, whole number or truth value")
            ) { try LabelledTexts.read(file: file, segment: "s") }
        }
    }

    private func write(_ folder: URL, segments: String?) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try folder.write("val_text.txt", "a\nb\nc\n")
        try folder.write("val_labels.txt", "0\n1\n0\n")
        if let segments { try folder.write("val_segments.txt", segments) }
    }

    @Test("A folder's file has a segment a line, and is read only where segments are asked for")
    func folders() throws {
        try Corpora.temporary { folder in
            let names = ["no", "yes"]
            func read(segmented: Bool = true) throws -> LabelledTexts {
                try LabelledTexts.read(folder: folder, split: "val", unnamed: names, segmented: segmented)
            }
            try write(folder, segments: nil)
            #expect(try read().segments == nil)
            try write(folder, segments: "web\n\napp\n")
            #expect(try read().segments == ["web", "", "app"])
            #expect(try read(segmented: false).segments == nil)
            try folder.write("val_segments.txt", "web\napp\n")
            let error = #expect(throws: LanguageError.self) { try read() }
            #expect(
                error
                    == .linesDiffer(
                        texts: "val_text.txt", textLines: 3, labels: "val_segments.txt", labelLines: 2))
        }
    }

    @Test("Folders of targets have segments where each has them")
    func targets() throws {
        try Corpora.temporary { folder in
            for (name, segments) in [("a", "x\ny\nz\n"), ("b", "u\nv\nw\n")] {
                try write(folder.appending(path: name), segments: segments)
            }
            func read() throws -> LabelledTexts {
                try LabelledTexts.read(folder: folder, split: "val", unnamed: ["no", "yes"], segmented: true)
            }
            #expect(try read().segments == ["x", "y", "z", "u", "v", "w"])
            try FileManager.default.removeItem(at: folder.appending(path: "b/val_segments.txt"))
            #expect(try read().segments == nil)
        }
    }

    @Test("Segments go where their texts go")
    func gathering() {
        var texts = LabelledTexts(
            classes: ["a", "b"], texts: ["one", "two", "three"], labels: [0, 1, 1], segments: ["x", "y", "z"])
        #expect(texts.gathering([2, 0]).segments == ["z", "x"])
        texts.append("four", label: 0)
        #expect(texts.segments == ["x", "y", "z", ""])
        texts.append(LabelledTexts(classes: ["a", "b"]))
        #expect(texts.segments?.count == 4)
        texts.append(LabelledTexts(classes: ["a", "b"], texts: ["five"], labels: [0]))
        #expect(texts.segments == nil && texts.count == 5)
    }
}
