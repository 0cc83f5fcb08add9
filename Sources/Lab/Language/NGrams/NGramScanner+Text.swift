extension NGramScanner {
    /// The text as the first pass leaves it, with U+E000 for a user and U+E001 for an address.
    func folded(_ text: String) -> String {
        scan(text)
        var folded = String.UnicodeScalarView()
        for index in 0..<foldedCount {
            if let scalar = Unicode.Scalar(characters[index]) { folded.append(scalar) }
        }
        return String(folded)
    }
}
