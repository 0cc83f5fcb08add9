import Foundation
import LabExperimentTestKit
import LabLanguage
import LabRuns
import LabStatistics
import LabStorage
import LabTestKit
import LabWorkbench
import Testing

@testable import LabExperiments

@Suite("Language tasks")
struct TaskExperimentTests {
    @Test("Both keep the contract of experiments")
    func contract() throws {
        #expect(try ExperimentContract.faults(in: TaskExperiment<EmotionTask>.self) == [])
        #expect(try ExperimentContract.faults(in: TaskExperiment<SentimentTask>.self) == [])
    }

    @Test("Each recipe trains, is saved and judged, twice the same", arguments: ReaderRecipe.allCases)
    func recipes(recipe: ReaderRecipe) async throws {
        let workspace = try TaskWorkspace()
        let configuration = workspace.configuration(recipe)
        let run = try await workspace.train(configuration, seed: 4)
        let figure = try #require(run.evaluation.figures.first)
        #expect(figure.name == "macroF1" && figure.value > 0 && figure.value <= 1)
        let interval = try #require(figure.interval)
        #expect(interval.lower < interval.upper)
        #expect(run.evaluation.figures.allSatisfy { $0.value.isFinite })
        for contained in recipe.contained {
            #expect(run.evaluation.figure("macroF1.\(contained.rawValue)") != nil)
            #expect(run.evaluation.figure("macroF1.over.\(contained.rawValue)")?.interval != nil)
            #expect(run.evaluation.figure("trainingSeconds.\(contained.rawValue)")?.source == .clock)
        }
        let parts = try #require(run.evaluation.table("parts"))
        #expect(parts.rows.map { $0[0].words } == recipe.parts.map(\.rawValue))
        #expect(abs(parts.rows.compactMap { $0[1].value }.reduce(0, +) - 1) < 1e-9)
        #expect(try await workspace.train(configuration, seed: 4).seal.resultDigest == run.seal.resultDigest)

        // A reader from its files says what the one in memory said, and its files hold no encoder's whole table of words.
        let judged = try await workspace.evaluate(run)
        #expect(judged.evaluation.figure("macroF1")?.value == figure.value)
        #expect(judged.evaluation.figure("logLoss")?.value == run.evaluation.figure("logLoss")?.value)
        #expect(judged.evaluation.notes.contains { $0.contains(": 32 texts.") })
    }

    @Test("What is said of a recipe inside another is what it is alone", arguments: [false, true])
    func contained(thresholds: Bool) async throws {
        let workspace = try TaskWorkspace()
        var configuration = workspace.configuration(.ensemble)
        configuration.thresholds = thresholds
        let all = try await workspace.train(configuration, seed: 3)
        #expect(configuration.recipe.contained == [.ngrams, .frozen, .fusion, .finetuned])
        for recipe in configuration.recipe.contained {
            configuration.recipe = recipe
            let alone = try #require(try await workspace.train(configuration, seed: 3).evaluation.figures.first)
            let inside = try #require(all.evaluation.figure("macroF1.\(recipe.rawValue)"))
            #expect(inside.value == alone.value && inside.interval == alone.interval, "\(recipe.rawValue)")
            let over = try #require(all.evaluation.figure("macroF1.over.\(recipe.rawValue)"))
            #expect(abs(over.value - (all.evaluation.figures[0].value - alone.value)) < 1e-12)
        }
    }

    @Test("Another seed trains another reader of the same kind")
    func seeds() async throws {
        let workspace = try TaskWorkspace()
        let configuration = workspace.configuration(.finetuned)
        let digests = try await [
            workspace.train(configuration, seed: 1).seal.resultDigest,
            workspace.train(configuration, seed: 2).seal.resultDigest,
        ]
        #expect(digests[0] != digests[1])
    }

    @Test("A file is divided by itself: its own evaluation is that of the test part, whatever the seed")
    func files() async throws {
        let workspace = try TaskWorkspace()
        let rows = TaskWorkspace.posts.map { post in
            "\"\(post.text.replacing("\"", with: "\"\""))\",\(post.emotion)"
        }
        try workspace.write(["text,label"] + rows, to: "own.csv")
        var configuration = workspace.configuration(.ngrams)
        configuration.data = workspace.data.appending(path: "own.csv").path
        let run = try await workspace.train(configuration, seed: 1)
        let counts = try #require(run.evaluation.table("data")).rows.compactMap { $0[2].value }
        #expect(counts.reduce(0, +) <= 160 && counts.count == 3 && abs(counts[0] - 96) < 3)

        let other = try await workspace.train(configuration, seed: 2)
        #expect(other.evaluation.table("data") == run.evaluation.table("data"))
        let judged = try await workspace.evaluate(run, seed: 9) { configuration in
            configuration.data = workspace.data.path + "/../posts/own.csv"
        }
        #expect(judged.evaluation.figure("macroF1")?.value == run.evaluation.figure("macroF1")?.value)
        #expect(judged.evaluation.figure("accuracy")?.count == Int(counts[2]))

        // Another file is judged on as a whole, and its classes are those of the reader whichever of them it has.
        try workspace.write(["text,label", "\"so happy, so glad\",joy", "how dare they,anger"], to: "other.csv")
        let whole = try await workspace.evaluate(run) { configuration in
            configuration.data = workspace.data.appending(path: "other.csv").path
        }
        #expect(whole.evaluation.figure("accuracy")?.count == 2)
        #expect(whole.evaluation.table("confusion")?.columns == ["truth"] + TaskWorkspace.classes)
    }

    @Test("An evaluation takes the split that is named")
    func splits() async throws {
        let workspace = try TaskWorkspace()
        let run = try await workspace.train(workspace.configuration(.ngrams))
        let validated = try await workspace.evaluate(run) { $0.split = "val" }
        #expect(
            validated.evaluation.figure("macroF1")?.value == run.evaluation.figure("validation.macroF1")?.value)
        // n-grams know what they learned from.
        let learned = try await workspace.evaluate(run) { $0.split = "train" }
        #expect(learned.evaluation.figure("accuracy")?.count == 96)
        #expect((learned.evaluation.figure("accuracy")?.value ?? 0) > 0.8)
    }

    /// With and without: the weights are chosen either way, and decide only where asked to.
    @Test("Thresholds decide where they are asked for")
    func thresholds() async throws {
        let workspace = try TaskWorkspace()
        var configuration = workspace.configuration(.ngrams)
        configuration.thresholds = true
        let weighted = try await workspace.train(configuration)
        configuration.thresholds = false
        let plain = try await workspace.train(configuration)
        for run in [weighted, plain] {
            let rows = try #require(run.evaluation.table("calibration")).rows
            let (without, with) = (rows[1][5].value, rows[1][6].value)
            #expect(rows[1][0].words == "validation, fitted on validation" && with ?? 0 >= without ?? 1)
            #expect(
                run.evaluation.figure("validation.macroF1")?.value == (run.id == weighted.id ? with : without))
        }
        #expect(weighted.evaluation.table("thresholds") == plain.evaluation.table("thresholds"))
    }

    @Test("Texts are shown only where that is allowed")
    func privacy() async throws {
        let workspace = try TaskWorkspace()
        var configuration = workspace.configuration(.ngrams)
        configuration.showTexts = false
        let run = try await workspace.train(configuration)
        let shown = run.evaluation.tables.flatMap { $0.rows.joined() }.compactMap(\.words)
        #expect(!TaskWorkspace.posts.contains { shown.contains($0.text) })
        #expect(run.evaluation.table("surestErrors")?.columns == ["truth", "read", "confidence"])
    }

    @Test("The smoke form learns something")
    func smoke() async throws {
        let place = try PolicyWorkspace()
        var launcher = place.launcher
        launcher.datasets = GivenDatasets([TextExperimentTests.labPosts])
        let emotion = try await launcher.train(
            TaskExperiment<EmotionTask>.self, configuration: TaskExperiment<EmotionTask>.smoke, smoke: true)
        // Always the most frequent of six classes gives a macro-F1 below a tenth, of three a recall of a third.
        #expect((emotion.evaluation.figure("macroF1")?.value ?? 0) > 0.15)
        let sentiment = try await launcher.train(
            TaskExperiment<SentimentTask>.self, configuration: TaskExperiment<SentimentTask>.smoke, smoke: true)
        #expect((sentiment.evaluation.figure("macroRecall")?.value ?? 0) > 0.38)
    }

    @Test(
        "A pretrained encoder reads posts with the names of emoji, and its readers are loaded again",
        .enabled(
            if: TaskWorkspace.isPulled("minilm-l6") && TaskWorkspace.isPulled("emoji-names"),
            "labctl data pull minilm-l6 emoji-names"))
    func pretrained() async throws {
        let workspace = try TaskWorkspace()
        var launcher = workspace.place.launcher
        launcher.datasets = CatalogueDatasets(DatasetCatalogue.standard(workspace: Checkout.root))
        var configuration = workspace.configuration(.fusion)
        configuration.encoder = "minilm-l6"
        configuration.preparation = .encoder
        configuration.layers = [3, 6]
        let run = try await launcher.train(TaskWorkspace.Emotion.self, configuration: configuration)
        #expect((run.evaluation.figure("macroF1.frozen")?.value ?? 0) > 0.4)
        let judged = try await launcher.evaluate(
            TaskWorkspace.Emotion.self, trained: run, configuration: configuration)
        #expect(judged.evaluation.figure("logLoss")?.value == run.evaluation.figure("logLoss")?.value)
    }

    /// Quick recipe on the published texts, read as they are staged.
    @Test(
        "labctl eval prints the measure of a staged split with its interval",
        .enabled(if: mirrored != nil, "needs LAB_MIRROR"))
    func staged() async throws {
        let folder = try #require(Self.mirrored)
        let place = try PolicyWorkspace()
        let settings = ["ngrams.bits=16", "ngramTraining.epochs=10", "ngramL2=[0.005]"].flatMap { ["--set", $0] }
        let trained = await place.labctl(
            ["train", "language/emotion"] + TaskWorkspace.settings(data: folder.path) + settings)
        #expect(trained.status == 0, "\(trained.errors)")
        for data in [folder, folder.deletingLastPathComponent()] {
            let judged = await place.labctl(
                "eval", "language/emotion", "--data", data.path, "--split", "val", "--json")
            #expect(judged.status == 0, "\(judged.errors)")
            let report = try JSONDecoder().decode(Report.self, from: Data(judged.output.utf8))
            #expect(report.measure == "macroF1" && report.value > 0.5)
            #expect(report.interval.lower < report.value && report.value < report.interval.upper)
        }
    }

    /// UMSAB has TweetEval's layout without a mapping.
    @Test("A staged folder without names of classes has the task's", .enabled(if: mirrored != nil, "needs LAB_MIRROR"))
    func unnamed() throws {
        let folder = try #require(Self.mirrored).appending(path: "../../umsab/french")
        let texts = try SourcedTexts.named(
            folder.path, split: "val", task: .sentiment, label: "label", classes: nil
        ).texts
        #expect(texts.count == 324 && texts.classes == LanguageTask.sentiment.classes)
        #expect(texts.support == [108, 108, 108])
    }

    static let mirrored = ProcessInfo.processInfo.environment["LAB_MIRROR"]
        .map { URL(filePath: $0).appending(path: "tweeteval/emotion") }
        .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }

    private struct Report: Decodable {
        struct Interval: Decodable {
            let lower: Double
            let upper: Double
        }
        let measure: String
        let value: Double
        let interval: Interval
    }
}
