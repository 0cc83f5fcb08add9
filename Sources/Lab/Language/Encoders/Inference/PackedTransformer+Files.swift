public import Foundation
import LabNumerics

extension PackedTransformer {
    /// A model from a folder with `config.json` and `model.safetensors`, which stays mapped: its table of words is read in
    /// place where it holds 32-bit numbers.
    ///
    /// - Throws: as `TransformerModel.init(folder:)`.
    public convenience init(folder: URL) throws {
        let model = try TransformerModel(folder: folder)
        let weights = folder.appending(path: TransformerModel.weightsFile)
        do {
            let file = try Safetensors.read(weights)
            let name = file.names.first { $0.hasSuffix("embeddings.word_embeddings.weight") }
            if let name, let table = try file.mapped(name) {
                self.init(model, words: .mapped(table))
            } else {
                self.init(model)
            }
        } catch let error as NumericsError {
            throw LanguageError.badWeights(file: weights.path, reason: error.what)
        }
    }
}
