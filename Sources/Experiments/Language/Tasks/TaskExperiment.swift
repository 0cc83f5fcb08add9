import Foundation
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabWorkbench

/// Trains a reader for a published task by one of several recipes, everything chosen on validation texts, and judges it on
/// texts that nothing has seen.
public struct TaskExperiment<Task: TaskDefinition>: Experiment {
    public typealias Configuration = TaskConfiguration<Task>

    public static var name: String { "language/" + Task.task.rawValue }
    public static var summary: String { Task.summary }
    public static func datasets(_ configuration: Configuration) -> [String] { configuration.datasets }

    /// Without published texts and pretrained weights: on posts that no real person wrote.
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.recipe = .ngrams
        configuration.data = "lab-posts"
        configuration.ngrams.bits = 10
        configuration.ngramL2 = [0.01]
        configuration.layers = [4, 6]
        configuration.frozenL2 = [0.1]
        configuration.languages = false
        configuration.resamples = 100
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let begin = CPUClock.now()
        // Data in: three parts that share no text.
        let data = try TaskData(configuration, run)
        run.progress(0.02, "\(data.train.texts.count) texts to learn from")
        let tools = try ReadingTools(configuration, run)

        // Parts: each fitted to the training texts, its settings chosen by the validation texts.
        let training = PartTraining(configuration: configuration, data: data, tools: tools, run: run)
        let prepared = CPUClock.now() - begin
        var parts: [TrainedPart] = []
        for kind in configuration.recipe.parts {
            parts.append(try training.train(kind))
            try run.checkCancellation()
        }

        // Fusion and calibration, on the validation texts as well; the same for each recipe that is inside this one.
        let validation = data.validation.texts
        let languages = tools.frequentLanguages(of: data.train.texts.texts)
        func joined(_ parts: [TrainedPart]) throws -> (reader: TextReader, choice: ReaderChoice) {
            let choice = try ReaderChoice(
                parts.map(\.validation), labels: validation.labels, measure: Task.task.measure)
            let reader = try TextReader(
                task: Task.task.rawValue, classes: data.classes, parts: parts.map(\.part), shares: choice.shares,
                languages: languages, temperature: choice.temperature,
                classWeights: configuration.thresholds ? choice.weights : nil)
            return (reader, choice)
        }
        let (reader, choice) = try joined(parts)
        run.progress(0.85, "calibrated")

        // Artifacts out: the reader, of its encoder only what training changed.
        try run.artifact(TextReader.artifact) { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try reader.write(to: folder, base: tools.encoder)
        }
        let seconds = CPUClock.now() - begin
        let contained = try configuration.recipe.contained.map { recipe in
            let places = recipe.parts.compactMap { kind in parts.firstIndex { $0.part.partKind == kind } }
            let own = places.map { parts[$0] }
            return ContainedReader(
                recipe: recipe, places: places, reader: try joined(own).reader,
                trainingSeconds: prepared + own.map(\.seconds).reduce(0, +))
        }

        // Evaluation: texts that nothing above has touched.
        let judge = TaskJudge(
            measure: Task.task.measure, languages: tools.languages, showTexts: configuration.showTexts,
            resamples: configuration.resamples, run: run)
        let judged = try judge.read(data.test.texts, by: reader)
        var evaluation = try judge.evaluation(of: reader, judged)
        evaluation.figures += try judge.validation(reader, choice.validation, validation.labels)
        evaluation.figures += TaskJudge.costs(training: seconds, reading: judged)
        evaluation.figures += try judge.contained(contained, in: judged)
        evaluation.tables += try judge.calibrations(
            reader, validation: (choice.validation, validation.labels), test: judged, thresholds: choice.weights)
        evaluation.notes += Self.remark(configuration, data.test.texts)
        evaluation.tables.append(LateFusion.table(parts, choice.shares))
        evaluation.tables.append(Self.table(data))
        return evaluation
    }

    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation {
        let tools = try ReadingTools(configuration, run)
        let folder = try trained.artifact(TextReader.artifact)
        let reader = try TextReader.load(folder: folder, encoders: tools.encoder.map { [$0] } ?? [], emoji: tools.emoji)
        let texts = try Self.judging(configuration, trained, reader, run)
        guard texts.texts.classes == reader.classes else {
            throw LanguageError.unknownName(
                kind: "class of this reader", name: texts.texts.classes.joined(separator: ", "), known: reader.classes)
        }
        let judge = TaskJudge(
            measure: Task.task.measure, languages: tools.languages, showTexts: configuration.showTexts,
            resamples: configuration.resamples, run: run)
        var evaluation = try judge.evaluation(of: reader, judge.read(texts.texts, by: reader))
        evaluation.notes.append("Judged on \(texts.source): \(texts.texts.count) texts.")
        evaluation.notes += Self.remark(configuration, texts.texts)
        return evaluation
    }

    /// The texts that an evaluation judges on.
    private static func judging(
        _ configuration: Configuration, _ trained: SealedRun, _ reader: TextReader, _ run: Run
    ) throws -> SourcedTexts {
        let data = configuration.data
        if data.isEmpty { return try Task.texts(configuration.split, run) }
        let learned = try trained.configuration(as: Configuration.self).data
        let isDivided =
            data == "lab-posts"
            || (!SourcedTexts.isFolder(data)
                && URL(filePath: data).standardizedFileURL == URL(filePath: learned).standardizedFileURL)
        // Of what was divided for the training, the part that judged there.
        if isDivided { return try TaskData(configuration, run).test }
        return try .named(
            data, split: configuration.split, task: Task.task, label: configuration.label,
            segment: configuration.segmentColumn, classes: reader.classes)
    }

    /// Says where segments were asked for and there are none.
    private static func remark(_ configuration: Configuration, _ texts: LabelledTexts) -> [String] {
        guard configuration.segmentColumn != nil, texts.segments == nil else { return [] }
        return ["There are no slices by segment: the texts have no \(configuration.split)_segments.txt."]
    }

    private static func table(_ data: TaskData) -> ResultTable {
        ResultTable(
            "data", columns: ["part", "source", "texts"] + data.classes + ["set aside"],
            rows: data.parts.map { name, part in
                let aside = part.setAside.sorted { $0.key < $1.key }.map { "\($0.value): \($0.key)" }
                return [.text(name), .text(part.source), Cell(part.texts.count)] + part.texts.support.map { Cell($0) }
                    + [.text(aside.joined(separator: "; "))]
            })
    }
}
