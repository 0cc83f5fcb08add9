import Foundation
import LabLanguage
import LabNumerics

extension LanguageSuite {
    private static let epochs = 5

    /// The linear path over n-grams of words and characters, beside fastText with words and pairs of words.
    ///
    /// Both begin with texts and end with classes. A round of training cuts the texts and goes through them five times, which
    /// are fastText's own; fastText counts its words once and reads its file anew in every epoch.
    static func ngrams(_ data: LanguageBenchmarkData, quick: Bool) throws -> [Contest] {
        let (posts, kind) = try data.posts(quick ? 200 : 10_000)
        let examples = try labelled(data, count: quick ? 200 : 20_000)
        let file = try data.handed(posts, named: "ngram-texts.json")
        let lines = try data.handed(
            zip(examples.labels, examples.texts).map { "__label__\($0) \($1)" }, named: "ngram-examples.json")
        func fastText(_ task: String) -> Contest.Rival {
            .python(
                script: fastTextScript,
                arguments: [task, lines, file, data.scratch.appending(path: "fasttext-\(task).txt").path])
        }
        return [
            Contest(
                name: "n-grams read, \(kind)", measure: .rate("posts/s", work: Double(posts.count)),
                bar: .atLeast(100_000), rival: fastText("predict")
            ) {
                let model = try train(examples)
                return { _ = try model.predict(posts) }
            },
            Contest(
                name: "n-grams learn, \(examples.count) \(kind)",
                measure: .rate("posts × epochs/s", work: Double(examples.count * epochs)), bar: .ratio(1),
                rival: fastText("train")
            ) { { _ = try train(examples) } },
        ]
    }

    private static func train(_ examples: LabelledTexts) throws -> NGramClassifier {
        var training = NGramTraining()
        training.epochs = epochs
        return try training.fit(
            NGramCorpus(examples.texts), labels: examples.labels, classes: examples.classes,
            stream: RandomStream(seed: 1, name: "benchmark"))
    }

    /// Tweets with their sentiment; where they cannot be had, posts with classes in turn, which take as long.
    private static func labelled(_ data: LanguageBenchmarkData, count: Int) throws -> LabelledTexts {
        if let folder = try? data.folder("semeval2017-4a"), let pool = try? SentimentPool.read(folder, without: []) {
            return pool.tweets.gathering(Array(0..<min(count, pool.tweets.count)))
        }
        let texts = try data.posts(count).texts
        return LabelledTexts(
            classes: LanguageTask.sentiment.classes, texts: texts, labels: texts.indices.map { $0 % 3 })
    }

    /// fastText's supervised classifier on one thread, its defaults but `wordNgrams=2`.
    private static let fastTextScript = """
        import json, os, sys, time
        # Some versions print while they train: only the answers go to the standard output.
        answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        import fasttext

        task, examples, posts, file = sys.argv[1:5]
        with open(file, "w", encoding="utf-8") as out:
            out.write("".join(line.replace("\\n", " ") + "\\n" for line in json.load(open(examples, encoding="utf-8"))))
        posts = [text.replace("\\n", " ") for text in json.load(open(posts, encoding="utf-8"))]

        def train():
            return fasttext.train_supervised(file, wordNgrams=2, thread=1, verbose=0)

        model = train() if task == "predict" else None
        work = train if task == "train" else lambda: model.predict(posts)
        print("fastText", file=answers, flush=True)
        for line in sys.stdin:
            start = time.process_time()
            work()
            print(time.process_time() - start, file=answers, flush=True)
        """
}
