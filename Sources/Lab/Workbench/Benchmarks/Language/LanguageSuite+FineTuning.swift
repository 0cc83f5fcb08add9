import Foundation
import LabLanguage
import LabNumerics
import LabStorage

extension LanguageSuite {
    /// MiniLM trained with a head, all layers, in batches of 32: we pack what its users pad to the longest text of a batch.
    ///
    /// Texts are TweetEval's emotion posts as they come, or the project's own with four made-up classes. Both sides begin with
    /// ids, drop as the model's configuration says, clip and step by AdamW; each goes on where its last round ended.
    static func fineTuning(_ data: LanguageBenchmarkData, quick: Bool) throws -> [Contest] {
        let (texts, classes, kind) = try data.labelledPosts(quick ? 64 : 320)
        let ids = try {
            let tokeniser = try Tokeniser.load(folder: data.folder("minilm-l6"))
            return texts.map { tokeniser.encode($0, limit: 128) }
        }()
        let file = data.scratch.appending(path: "fine-tuning.json")
        try JSONEncoder().encode(HandedExamples(ids: ids, classes: classes)).write(to: file)
        return [
            Contest(
                name: "fine-tuning minilm-l6, \(kind), all layers, batches of 32",
                measure: .rate("posts/s", work: Double(texts.count)),
                bar: .ratio(GEMM.kind == .oneDNN ? 1 : 1 / 1.5),
                rival: .python(script: fineTuningScript, arguments: [try data.folder("minilm-l6").path, file.path])
            ) {
                var settings = FineTuning.Settings()
                settings.epochs = 1_000
                settings.learningRate = 5e-5
                settings.layerDecay = 1
                settings.decay = .constant
                settings.warmUp = 0
                let training = TrainingInRounds(
                    try FineTuning(
                        TransformerModel(folder: data.folder("minilm-l6")), settings,
                        labels: (0..<4).map(String.init), examples: .init(ids: ids, classes: classes),
                        validation: nil, stream: RandomStream(seed: 1, name: "benchmark")))
                return { try training.epoch() }
            }
        ]
    }

    private struct HandedExamples: Encodable {
        let ids: [[Int32]]
        let classes: [Int]
    }

    private final class TrainingInRounds {
        private var training: FineTuning

        init(_ training: FineTuning) { self.training = training }

        func epoch() throws { for _ in 0..<training.stepsPerEpoch { _ = try training.step() } }
    }

    private static let fineTuningScript = """
        import json, os, sys, time, warnings
        # Some libraries print what they notice: only the answers go to the standard output.
        answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        warnings.filterwarnings("ignore")
        import torch, transformers

        torch.set_num_threads(1)
        torch.manual_seed(1)
        folder, file = sys.argv[1:3]
        with open(file) as f:
            examples = json.load(f)
        ids, classes = examples["ids"], examples["classes"]
        model = transformers.AutoModel.from_pretrained(folder).train()
        dropout, head = torch.nn.Dropout(0.1), torch.nn.Linear(model.config.hidden_size, 4)
        parameters = list(model.parameters()) + list(head.parameters())
        optimiser = torch.optim.AdamW(parameters, lr=5e-5, weight_decay=0.01)

        def epoch():
            for start in range(0, len(ids), 32):
                batch = ids[start:start + 32]
                longest = max(map(len, batch))
                x = torch.tensor([i + [0] * (longest - len(i)) for i in batch])
                mask = torch.tensor([[1] * len(i) + [0] * (longest - len(i)) for i in batch])
                hidden = model(input_ids=x, attention_mask=mask).last_hidden_state
                pooled = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
                target = torch.tensor(classes[start:start + 32])
                loss = torch.nn.functional.cross_entropy(head(dropout(pooled)), target)
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimiser.step()

        print("PyTorch", torch.__version__, file=answers, flush=True)
        for line in sys.stdin:
            begin = time.process_time()
            epoch()
            print(time.process_time() - begin, file=answers, flush=True)
        """
}

extension LanguageBenchmarkData {
    /// The first `count` texts with one of four classes each, and what to call them.
    func labelledPosts(_ count: Int) throws -> (texts: [String], classes: [Int], name: String) {
        if let tweets = try? folder("tweeteval"),
            let text = try? String(contentsOf: tweets.appending(path: "emotion/train_text.txt"), encoding: .utf8),
            let labels = try? String(contentsOf: tweets.appending(path: "emotion/train_labels.txt"), encoding: .utf8)
        {
            let classes = labels.split(separator: "\n").prefix(count).compactMap { Int($0) }
            let texts = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(classes.count)
            return (texts.map(String.init), classes, "\(classes.count) tweets of emotion")
        }
        let (texts, name) = try posts(count)
        return (texts, texts.indices.map { $0 % 4 }, "\(texts.count) of \(name)")
    }
}
