import Foundation
import LabDomain
import LabLanguage
import LabRuns
import LabStorage
import LabTestKit
import Testing

@testable import LabExperiments

/// What is wrong with texts, labels, encoders and readers is named with file and line, and nothing is sealed.
@Suite("Bad input of language tasks")
struct TaskBadInputTests {
    /// A way in which the folder of posts is spoiled, with what is then said.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int32
        let message: String
        let spoil: @Sendable (TaskWorkspace) throws -> Void

        init(
            _ name: String, _ status: Int32, _ message: String,
            _ spoil: @escaping @Sendable (TaskWorkspace) throws -> Void
        ) {
            (testDescription, self.status, self.message, self.spoil) = (name, status, message, spoil)
        }
    }

    static let faults: [Fault] = [
        Fault("labels are missing", 65, "train_text.txt has 96 lines, train_labels.txt has 90") {
            try $0.write(Array($0.lines("train_labels.txt").prefix(90)), to: "train_labels.txt")
        },
        Fault("a label is unknown", 65, "line 3 of val_labels.txt has the label '7', which is none of anger, joy") {
            try $0.write(["0", "1", "7"], to: "val_labels.txt")
        },
        Fault("a label is a word", 65, "line 1 of test_labels.txt has the label 'fury', which is none of anger, joy") {
            try $0.write(["fury"], to: "test_labels.txt")
        },
        Fault("a file is empty", 65, "line 1 of train_text.txt is unusable: the file is empty") {
            try $0.write([UInt8](), to: "train_text.txt")
        },
        Fault("a file is binary", 65, "line 2 of train_text.txt is unusable: it has a zero byte: the file is binary") {
            try $0.write(Array("fine\n".utf8) + [0x7F, 0x45, 0, 1, 2, 10], to: "train_text.txt")
        },
        Fault("a line is not UTF-8", 65, "line 3 of test_text.txt is unusable: it is not valid UTF-8") {
            try $0.write(Array("a\nb\nc".utf8) + [0xFF, 0xFE, 10], to: "test_text.txt")
        },
        Fault("the split is missing", 66, "has no object val_text.txt") {
            try FileManager.default.removeItem(at: $0.data.appending(path: "val_text.txt"))
        },
        Fault("the folder is missing", 66, "there is no file or folder") {
            try FileManager.default.removeItem(at: $0.data)
        },
        Fault("a class is never learned", 65, "no training example is surprise") {
            try $0.write($0.lines("train_labels.txt").map { $0 == "3" ? "0" : $0 }, to: "train_labels.txt")
        },
        Fault("every text is also judged on", 65, "there are no examples in the validation part") { workspace in
            for name in ["text", "labels"] {
                try workspace.write(workspace.lines("test_\(name).txt"), to: "val_\(name).txt")
            }
        },
        Fault("the mapping is torn", 65, "line 2 of mapping.txt is unusable") {
            try $0.write(["0\tanger", "2\tjoy"], to: "mapping.txt")
        },
    ]

    @Test(arguments: faults)
    func aFaultInTheFolderIsNamed(_ fault: Fault) async throws {
        let workspace = try TaskWorkspace()
        let settings = workspace.settings
        try fault.spoil(workspace)
        let trained = await workspace.place.labctl(["train", "language/emotion"] + settings)
        #expect(trained.status == fault.status, "\(trained.errors)")
        #expect(trained.errors.contains("error: ") && trained.errors.contains(fault.message), "\(trained.errors)")
        #expect(trained.errors.contains("hint: "), "\(trained.errors)")
        #expect(try workspace.place.isLeftUnsealed("language/emotion/1"))
    }

    /// Settings that mean nothing, with what is then said; nothing is begun.
    @Test(arguments: [
        ("recipe=magic", "magic"), ("recip=ngrams", "recip"), ("layers=[-1]", "numbers from 0 on"),
        ("ngramL2=[]", "positive numbers"), ("resamples=3", "at least 20"), ("tuning.epochs=0", "at least 1"),
        ("tuning.limit=2", "at least 8"), ("preparation=shout", "shout"), ("tuning.pooling=most", "most"),
    ])
    func aSettingWithoutMeaningIsNamed(setting: String, message: String) async throws {
        let workspace = try TaskWorkspace()
        let trained = await workspace.place.labctl(
            ["train", "language/emotion"] + workspace.settings + ["--set", setting])
        #expect(trained.status == 65 || trained.status == 64, "\(trained.errors)")
        #expect(trained.errors.contains(message) && trained.errors.contains("hint: "), "\(trained.errors)")
        #expect(!workspace.place.exists("runs/language.emotion/1"))
    }

    @Test func trainingIsNotJudgedOnWhatTrained() async throws {
        let workspace = try TaskWorkspace()
        for split in ["train", "val"] {
            let trained = await workspace.place.labctl(
                ["train", "language/emotion"] + workspace.settings + ["--set", "split=\(split)"])
            #expect(trained.status == 65 && trained.errors.contains("a part that neither trains nor chooses"))
        }
    }

    /// What is wrong with the encoder's folder, and what is then said.
    @Test(
        arguments: [
            ("model.safetensors", "encoder.layer.1.output.dense.bias", "encoder.layer.1.output.dense.bia?", 65),
            ("config.json", "\"hidden_size\": 32", "\"hidden_size\": 48", 65),
            ("config.json", "\"bert\"", "\"gpt9\"", 65),
            ("vocab.txt", "[UNK]", "unknown", 65), ("vocab.txt", "[UNK]", "[UNK]\nmore", 65),
        ] as [(String, String, String, Int32)])
    func aDamagedEncoderIsNamed(file: String, old: String, new: String, status: Int32) async throws {
        let workspace = try TaskWorkspace()
        let url = workspace.encoder.appending(path: file)
        var bytes = try Data(contentsOf: url)
        let place = try #require(bytes.range(of: Data(old.utf8)))
        bytes.replaceSubrange(place, with: Data(new.utf8))
        try bytes.write(to: url)
        let trained = await trainFrozen(workspace)
        #expect(trained.status == status && trained.errors.contains("hint: "), "\(trained.errors)")
        if file == "model.safetensors" { #expect(trained.errors.contains(old), "\(trained.errors)") }
        #expect(try workspace.place.isLeftUnsealed("language/emotion/1"))
    }

    private func trainFrozen(_ workspace: TaskWorkspace) async -> (status: Int32, output: String, errors: String) {
        await workspace.place.labctl(
            ["train", "language/emotion"] + workspace.settings + [
                "--set", "recipe=frozen", "--set", "preparation=none", "--set", "encoder=\(workspace.encoder.path)",
                "--set", "layers=[1]",
            ])
    }

    @Test func aMissingOrTornEncoderIsNamed() async throws {
        let workspace = try TaskWorkspace()
        let weights = workspace.encoder.appending(path: "model.safetensors")
        let bytes = try Data(contentsOf: weights)
        for length in [bytes.count - 1, 1_000, 7, 0] {
            try bytes.prefix(length).write(to: weights)
            let trained = await trainFrozen(workspace)
            #expect(trained.status == 65 && trained.errors.contains("model.safetensors"), "\(trained.errors)")
        }
        try FileManager.default.removeItem(at: workspace.encoder)
        let trained = await trainFrozen(workspace)
        #expect([65, 66].contains(trained.status) && trained.errors.contains("encoder"), "\(trained.errors)")
        let settings = ["--set", "recipe=frozen", "--set", "encoder=minilm-l7"]
        let unknown = await workspace.place.labctl(["train", "language/emotion"] + workspace.settings + settings)
        #expect(unknown.status == 66 && unknown.errors.contains("minilm-l7"), "\(unknown.errors)")
    }

    /// Files of the catalogue's names and sizes with nothing but zeros in them.
    @Test func weightsWithAWrongDigestAreNamed() async throws {
        let workspace = try TaskWorkspace()
        let data = workspace.place.folder.appending(path: "data")
        let manifests = Checkout.root.appending(path: "datasets")
        let catalogue = DatasetCatalogue(manifests: manifests, workspace: workspace.place.folder, data: data)
        for file in try catalogue.manifest("minilm-l6").files {
            let url = data.appending(path: "minilm-l6/" + file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            #expect(FileManager.default.createFile(atPath: url.path, contents: nil))
            let handle = try FileHandle(forWritingTo: url)
            try handle.truncate(atOffset: UInt64(file.bytes))
            try handle.close()
        }
        var configuration = workspace.configuration(.frozen)
        configuration.encoder = "minilm-l6"
        var launcher = workspace.place.launcher
        launcher.datasets = CatalogueDatasets(catalogue)
        let error = await #expect(throws: StorageError.self) {
            try await launcher.train(TaskWorkspace.Emotion.self, configuration: configuration)
        }
        guard case .wrongDigest(let path, let expected, let found)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path.hasSuffix("model.safetensors") && expected != found && error?.status == .badData)
        #expect(try workspace.place.isLeftUnsealed("language/emotion/1"))
    }

    @Test func layersThatTheEncoderHasNotAreNamed() async throws {
        let workspace = try TaskWorkspace()
        var configuration = workspace.configuration(.frozen)
        configuration.layers = [3]
        await #expect(throws: RunsError.self) { try await workspace.train(configuration) }
    }

    @Test func evaluationNamesWhatDoesNotFitTheReader() async throws {
        let workspace = try TaskWorkspace()
        let place = workspace.place
        let early = await place.labctl("eval", "language/emotion", "--data", workspace.data.path)
        #expect(early.status != 0 && early.errors.contains("language/emotion"), "\(early.errors)")
        let trained = await place.labctl(["train", "language/emotion"] + workspace.settings)
        #expect(trained.status == 0, "\(trained.errors)")
        func refused(_ status: Int32, _ message: String, _ words: String..., at: SourceLocation = #_sourceLocation)
            async
        {
            let found = await place.labctl(["eval", "language/emotion"] + words)
            #expect(found.status == status && found.errors.contains(message), "\(found.errors)", sourceLocation: at)
            #expect(found.errors.contains("hint: "), "\(found.errors)", sourceLocation: at)
        }
        let data = workspace.data
        await refused(66, "nowhere", "--data", data.path + "/nowhere")
        await refused(66, "tset_text.txt; the nearest name is test_text.txt", "--data", data.path, "--split", "tset")
        await refused(66, "language/emotion/9", "--run", "language/emotion/9")
        try workspace.write(["text,label", "so glad,joy", "too loud,noise"], to: "other.csv")
        await refused(
            65, "line 3 of other.csv has the label 'noise', which is none of anger, joy, sadness, surprise", "--data",
            data.appending(path: "other.csv").path)
        try workspace.write(["text,mood", "so glad,joy"], to: "mood.csv")
        await refused(65, "label", "--data", data.appending(path: "mood.csv").path)
        try workspace.write(["so glad"], to: "posts.txt")
        await refused(65, "txt", "--data", data.appending(path: "posts.txt").path)
        try workspace.write([UInt8](), to: "empty.csv")
        await refused(65, "empty.csv", "--data", data.appending(path: "empty.csv").path)
        // The classes of another task.
        try workspace.write(["0\tnegative", "1\tneutral", "2\tpositive"], to: "mapping.txt")
        try workspace.write(workspace.lines("test_labels.txt").map { _ in "1" }, to: "test_labels.txt")
        await refused(64, "there is no class of this reader 'negative'; there are anger, joy", "--data", data.path)
        // Without a mapping the numbers are those of the reader's classes.
        try FileManager.default.removeItem(at: data.appending(path: "mapping.txt"))
        let judged = await place.labctl("eval", "language/emotion", "--data", data.path)
        #expect(judged.status == 0, "\(judged.errors)")
    }

    @Test func aReaderThatWasChangedIsRefused() async throws {
        let workspace = try TaskWorkspace()
        let place = workspace.place
        let trained = await place.labctl(["train", "language/emotion"] + workspace.settings)
        #expect(trained.status == 0, "\(trained.errors)")
        let file = place.folder.appending(path: "runs/language.emotion/1/artifacts/reader/ngrams.safetensors")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: file)
        let judged = await place.labctl("eval", "language/emotion", "--data", workspace.data.path)
        #expect(judged.status == 65 && judged.errors.contains("ngrams.safetensors"), "\(judged.errors)")
        #expect(try place.isLeftUnsealed("language/emotion/2"))
    }

    /// `labctl read` of texts in which nothing can be read: a stated unknown, never a guess.
    @Test(.enabled(if: TaskWorkspace.isPulled("langid-176"), "labctl data pull langid-176"))
    func oddTextsAreReadAsUnknown() async throws {
        let workspace = try TaskWorkspace()
        let trained = await workspace.place.labctl(["train", "language/emotion"] + workspace.settings)
        #expect(trained.status == 0, "\(trained.errors)")
        struct Report: Decodable {
            struct Post: Decodable { let readings: [TextReading] }
            let posts: [Post]
        }
        let odd = ["", "😂😂", "\u{1}\u{7F}", "12 34!", "\u{202E}\u{200D}"]
        try workspace.write(odd, to: "odd.txt")
        let file = workspace.data.appending(path: "odd.txt").path
        let read = await workspace.place.labctl("read", "--file", file, "--json")
        #expect(read.status == 0, "\(read.errors)")
        let posts = try JSONDecoder().decode(Report.self, from: Data(read.output.utf8)).posts
        #expect(posts.map { $0.readings[0].doubts[0] } == [.empty, .noWords, .empty, .noWords, .empty])
        #expect(posts.allSatisfy { $0.readings[0].answer == "unknown" })
        let long = await workspace.place.labctl("read", String(repeating: "loud noise ", count: 9_000), "--json")
        #expect(long.status == 0, "\(long.errors)")
        for (bytes, message) in [([UInt8](), "is empty"), ([0x61, 0xFF, 10], "UTF-8"), ([0x61, 0, 10], "binary")] {
            try workspace.write(bytes, to: "odd.txt")
            let refused = await workspace.place.labctl("read", "--file", file)
            #expect(refused.status == 65 && refused.errors.contains(message), "\(refused.errors)")
        }
    }

    @Test func oddTextsAreJudgedOn() async throws {
        let workspace = try TaskWorkspace()
        let trained = await workspace.place.labctl(["train", "language/emotion"] + workspace.settings)
        #expect(trained.status == 0, "\(trained.errors)")
        let odd = [
            "", " ", "😂", "\u{1}\u{7F}", String(repeating: "long ", count: 20_000), "\u{202E}\u{200D}", "مرحبا", "&#0;",
        ]
        try workspace.write(odd, to: "odd_text.txt")
        try workspace.write(odd.indices.map { String($0 % 4) }, to: "odd_labels.txt")
        let judged = await workspace.place.labctl(
            "eval", "language/emotion", "--data", workspace.data.path, "--split", "odd", "--json")
        #expect(judged.status == 0 && judged.output.contains("\"value\""), "\(judged.errors)")
    }
}
