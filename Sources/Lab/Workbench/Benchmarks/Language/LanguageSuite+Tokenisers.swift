import Foundation
import LabLanguage

extension LanguageSuite {
    /// Texts into ids, beside the library whose ids they are.
    static func tokenisers(_ data: LanguageBenchmarkData, quick: Bool) throws -> [Contest] {
        let (texts, kind) = try data.posts(quick ? 100 : 10_000)
        let file = try data.handed(texts, named: "tokeniser-texts.json")
        func contest(_ name: String, _ dataset: String, _ library: String, _ model: String) throws -> Contest {
            Contest(
                name: "\(name) tokeniser, \(kind), beside \(library)",
                measure: .rate("posts/s", work: Double(texts.count)), bar: nil,
                rival: .python(
                    script: tokeniserScript,
                    arguments: [library, try data.folder(dataset).appending(path: model).path, file])
            ) {
                let tokeniser = try Tokeniser.load(folder: data.folder(dataset))
                return { for text in texts { _ = tokeniser.encode(text, limit: 256) } }
            }
        }
        return [
            try contest("WordPiece", "minilm-l6", "tokenizers", "tokenizer.json"),
            try contest("SentencePiece", "use-m3", "sentencepiece", "sp.model"),
        ]
    }
}
