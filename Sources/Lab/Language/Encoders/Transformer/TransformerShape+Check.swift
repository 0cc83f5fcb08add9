extension TransformerShape {
    /// Why `ids` cannot be read.
    ///
    /// - Throws: `LanguageError.badTokeniser`.
    func check(_ ids: [[Int32]]) throws {
        func bad(_ text: Int, _ reason: String) -> LanguageError {
            .badTokeniser(file: "the ids of text \(text)", reason: reason)
        }
        for (text, ids) in ids.enumerated() {
            guard !ids.isEmpty else { throw bad(text, "there is none") }
            guard ids.count <= longest else {
                throw bad(text, "there are \(ids.count), and the model reads \(longest)")
            }
            if let id = ids.first(where: { $0 < 0 || Int($0) >= vocabulary }) {
                throw bad(text, "\(id) is none of the model's \(vocabulary) entries")
            }
        }
    }
}
