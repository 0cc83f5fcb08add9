extension YAMLDocument {
    /// A document without text: a tree that a program gave.
    init(value: ConfigurationValue, source: String) {
        self.init(source: source, value: value, lines: [:], plainTexts: [:])
    }

    /// The line of a dotted key, or of the nearest group around it.
    func line(of key: String) -> Int? { lines[key] }

    /// This document's value put under a key, keeping the text of its scalars; lines mean nothing there.
    func moved(under key: String, value: ConfigurationValue) -> YAMLDocument {
        var texts: [String: String] = [:]
        for (own, text) in plainTexts { texts[own.isEmpty ? key : key + "." + own] = text }
        return YAMLDocument(source: source, value: value, lines: [:], plainTexts: texts)
    }
}
