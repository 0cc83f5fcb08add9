import Foundation
import LabStorage

/// What names an encoder's files: equal digests mean equal vectors.
enum EncoderDigest {
    /// SHA-256 over the lines `<digest of the file>  <path>\n` of a folder's files that an encoder reads, sorted by path.
    ///
    /// - Throws: `LanguageError.badWeights`.
    static func of(_ folder: URL) throws -> String {
        let names = [
            "1_Pooling/config.json", "config.json", "merges.txt", "model.safetensors", "modules.json",
            "sentence_bert_config.json", "sp.model", "sentencepiece.bpe.model", "spiece.model", "tokenizer.json",
            "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt", "weights.npz",
        ]
        var lines = ""
        for name in names.sorted() {
            let url = folder.appending(path: name)
            guard FileManager.default.fileExists(atPath: url.path) else { continue }
            do {
                lines += "\(try Digest.sha256(file: url))  \(name)\n"
            } catch {
                throw LanguageError.badWeights(file: url.path, reason: "it cannot be read")
            }
        }
        return Digest.sha256(lines)
    }
}
