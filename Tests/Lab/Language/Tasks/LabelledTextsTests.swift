import Foundation
import LabStorage
import Testing

@testable import LabLanguage

@Suite("Labelled texts")
struct LabelledTextsTests {
    @Test("Lines end with line feeds only, whatever else a text holds")
    func lines() throws {
        try Corpora.temporary { folder in
            try folder.write("mapping.txt", "0\tno\n1\tyes")
            try folder.write("val_text.txt", "a\u{2028}b\u{85}c\u{B}d\re\r\n\n last")
            try folder.write("val_labels.txt", "1\n0\r\nyes\n")
            let texts = try LabelledTexts.read(folder: folder, split: "val")
            #expect(texts.texts == ["a\u{2028}b\u{85}c\u{B}d\re\r", "", " last"])
            #expect(texts.labels == [1, 0, 1])
            #expect(texts.classes == ["no", "yes"] && texts.support == [1, 2])
            #expect(texts.gathering([2, 0]).texts == [" last", "a\u{2028}b\u{85}c\u{B}d\re\r"])
        }
    }

    @Test("What is wrong with a folder is said with file and line")
    func errors() throws {
        try Corpora.temporary { folder in
            func failure(_ split: String) -> (any Error)? {
                #expect(throws: (any Error).self) { try LabelledTexts.read(folder: folder, split: split) }
            }
            try folder.write("mapping.txt", "0\tno\n1\tyes\n")
            try folder.write("val_text.txt", "a\nb\nc\n")
            #expect(
                failure("vall") as? StorageError
                    == .noSuchObject(file: folder.path, name: "vall_text.txt", nearest: "val_text.txt"))
            #expect(
                failure("val") as? StorageError
                    == .noSuchObject(file: folder.path, name: "val_labels.txt", nearest: "val_text.txt"))
            try folder.write("val_labels.txt", "0\n1\n")
            #expect(
                failure("val") as? LanguageError
                    == .linesDiffer(texts: "val_text.txt", textLines: 3, labels: "val_labels.txt", labelLines: 2))
            try folder.write("val_labels.txt", "0\n1\n2\n")
            #expect(
                failure("val") as? LanguageError
                    == .unknownLabel("2", file: "val_labels.txt", line: 3, known: ["no", "yes"]))
            try folder.write("val_labels.txt", "0\nmaybe\n1\n")
            #expect(
                failure("val") as? LanguageError
                    == .unknownLabel("maybe", file: "val_labels.txt", line: 2, known: ["no", "yes"]))
            try folder.write("bad_labels.txt", "0\n1\n")
            try folder.write("bad_text.txt", Array("fine\n".utf8) + [0x61, 0xC3, 0x28, 10])
            #expect(
                failure("bad") as? LanguageError
                    == .badTextFile(file: "bad_text.txt", line: 2, reason: "it is not valid UTF-8"))
            try folder.write("bad_text.txt", Array("fine\n".utf8) + [0x7F, 0x45, 0, 10])
            #expect(
                failure("bad") as? LanguageError
                    == .badTextFile(
                        file: "bad_text.txt", line: 2, reason: "it has a zero byte: the file is binary"))
            try folder.write("bad_text.txt", "")
            #expect(
                failure("bad") as? LanguageError
                    == .badTextFile(file: "bad_text.txt", line: 1, reason: "the file is empty"))
            try folder.write("mapping.txt", "0\tno\n2\tyes\n")
            #expect(failure("val") is LanguageError)
            let nowhere = folder.appending(path: "nowhere")
            #expect(throws: StorageError.notFound(path: nowhere.path)) {
                try LabelledTexts.read(folder: nowhere, split: "val")
            }
        }
    }

    @Test("Folders of targets are read one behind the other, with the mapping above them")
    func targets() throws {
        try Corpora.temporary { folder in
            try folder.write("mapping.txt", "0\tnone\n1\tagainst\n2\tfavor")
            for (name, label) in [("b", "2"), ("a", "1")] {
                let target = folder.appending(path: name)
                try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
                try target.write("val_text.txt", "of \(name)\n")
                try target.write("val_labels.txt", label + "\n")
            }
            let all = try LanguageTask.stance.read(folder, split: "val")
            #expect(all.texts == ["of a", "of b"] && all.labels == [1, 2])
            let one = try LabelledTexts.read(folder: folder.appending(path: "b"), split: "val")
            #expect(one.texts == ["of b"] && one.classes == LanguageTask.stance.classes)
            #expect(throws: LanguageError.self) { try LanguageTask.emotion.read(folder, split: "val") }
        }
    }

    @Test("A user's tables: CSV, TSV and JSON Lines")
    func tables() throws {
        try Corpora.temporary { folder in
            try folder.write("own.csv", "id,text,label\n1,\"a, \"\"b\"\"\nc\",good\n2,d,bad\n")
            let csv = try LabelledTexts.read(file: folder.appending(path: "own.csv"))
            #expect(csv.texts == ["a, \"b\"\nc", "d"] && csv.classes == ["bad", "good"] && csv.labels == [1, 0])
            try folder.write("own.tsv", "post\tmood\nx\tbad\n")
            let tsv = try LabelledTexts.read(
                file: folder.appending(path: "own.tsv"), classes: ["good", "bad"], text: "post", label: "mood")
            #expect(tsv.texts == ["x"] && tsv.labels == [1])
            try folder.write(
                "own.jsonl", "{\"text\":\"x\",\"label\":1,\"more\":[1.5]}\n\n{\"text\":\"y\",\"label\":\"0\"}\n")
            let json = try LabelledTexts.read(file: folder.appending(path: "own.jsonl"))
            #expect(json.texts == ["x", "y"] && json.labels == [1, 0])

            #expect(throws: LanguageError.unknownLabel("bad", file: "own.tsv", line: 2, known: ["good"])) {
                try LabelledTexts.read(
                    file: folder.appending(path: "own.tsv"), classes: ["good"], text: "post", label: "mood")
            }
            #expect(throws: StorageError.self) { try LabelledTexts.read(file: folder.appending(path: "own.tsv")) }
            try folder.write("own.jsonl", "{\"text\":\"x\",\"label\":1}\n{\"text\":\"x\"}\n")
            #expect(
                throws: LanguageError.badTextFile(
                    file: "own.jsonl", line: 2, reason: "it has no \"text\" or no \"label\"")
            ) { try LabelledTexts.read(file: folder.appending(path: "own.jsonl")) }
            try folder.write("own.txt", "x")
            #expect(throws: LanguageError.self) { try LabelledTexts.read(file: folder.appending(path: "own.txt")) }
            #expect(throws: StorageError.self) { try LabelledTexts.read(file: folder.appending(path: "owm.csv")) }
        }
    }

    @Test("GoEmotions' layout gives sets of classes")
    func multiLabel() throws {
        try Corpora.temporary { folder in
            try folder.write("labels.txt", "joy\nanger\nneutral\n")
            try folder.write("dev.tsv", "a\t0,1\tid1\nb \"c\t2\tid2\n")
            let texts = try MultiLabelTexts.read(folder: folder, split: "dev")
            #expect(texts.texts == ["a", "b \"c"] && texts.labels == [[0, 1], [2]])
            try folder.write("dev.tsv", "a\t0,3\tid1\n")
            #expect(
                throws: LanguageError.unknownLabel("3", file: "dev.tsv", line: 1, known: ["joy", "anger", "neutral"])
            ) { try MultiLabelTexts.read(folder: folder, split: "dev") }
            try folder.write("dev.tsv", "a\n")
            #expect(throws: LanguageError.self) { try MultiLabelTexts.read(folder: folder, split: "dev") }
        }
    }

    @Test("Random bytes are refused or read, never more than that")
    func randomFiles() throws {
        var draws = SystemRandomNumberGenerator()
        try Corpora.temporary { folder in
            try folder.write("mapping.txt", "0\tno\n1\tyes\n")
            for _ in 0..<200 {
                let bytes = (0..<Int.random(in: 0...60, using: &draws)).map { _ in
                    UInt8.random(in: 0...255, using: &draws)
                }
                try folder.write("x_text.txt", bytes)
                try folder.write("x_labels.txt", "0\n")
                _ = try? LabelledTexts.read(folder: folder, split: "x")
                try folder.write("labels.txt", bytes)
                try folder.write("x.tsv", bytes)
                _ = try? MultiLabelTexts.read(folder: folder, split: "x")
                _ = try? SentimentPool.read(folder, without: [])
            }
        }
    }
}
