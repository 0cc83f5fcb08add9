import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics

extension TaskJudge {
    /// Of fewer texts nothing is said: an accuracy would mean little, and might be about one person.
    static let fewestTexts = 30

    /// The measure by groups of texts: errors that fall on one group must not hide in the mean.
    func slices(_ judged: JudgedTexts) throws -> ResultTable {
        var groups: [String: [Int]] = [:]
        let segments = judged.texts.segments.map(Self.shown)
        for (place, text) in judged.texts.texts.enumerated() {
            for name in try names(of: text) { groups[name, default: []].append(place) }
            if let segments { groups["segment: " + segments[place], default: []].append(place) }
        }
        var table = ResultTable(
            "slices", columns: ["slice", "texts", "accuracy", "lower", "upper", measure.figureName])
        for (name, places) in groups.sorted(by: { $0.key < $1.key }) where places.count >= Self.fewestTexts {
            let right = try wilson(successes: places.count(where: judged.isRight), trials: places.count)
            let value = try measure.value(
                truth: places.map { judged.texts.labels[$0] }, predicted: places.map { judged.predicted[$0] },
                classCount: judged.texts.classes.count)
            table.rows.append([
                .text(name), Cell(places.count), Cell(right.value), Cell(right.interval.lower),
                Cell(right.interval.upper), Cell(value),
            ])
        }
        return table
    }

    private func names(of text: String) throws -> [String] {
        let length = text.unicodeScalars.count
        var names = ["length: " + (length < 70 ? "under 70" : length < 120 ? "70 to 119" : "120 and more")]
        // Digits and a few signs of Latin-1 are emoji by their properties too; ❤ and ☀ stand without a selector in older posts.
        let hasEmoji = text.unicodeScalars.contains { $0.properties.isEmoji && $0.value >= 0x2600 }
        names.append("emoji: " + (hasEmoji ? "with" : "without"))
        names.append("hashtag: " + (text.contains("#") ? "with" : "without"))
        names.append("user named: " + (text.contains("@") ? "yes" : "no"))
        if let languages { names.append("language: " + (languages.identify(text).code ?? "unknown")) }
        return names
    }

    /// The most frequent confusions with the surest of each as an example, and the surest errors of all.
    func errors(_ judged: JudgedTexts) -> [ResultTable] {
        let wrong = judged.texts.texts.indices.filter { !judged.isRight($0) }
        let surest = wrong.sorted { (judged.confidence($1), $0) < (judged.confidence($0), $1) }
        let names = judged.texts.classes
        let ending = showTexts ? ["text"] : []
        func row(_ place: Int) -> [Cell] {
            [
                .text(names[judged.texts.labels[place]]), .text(names[judged.predicted[place]]),
                Cell(judged.confidence(place)),
            ] + (showTexts ? [.text(judged.texts.texts[place])] : [])
        }
        var pairs: [[Int]: [Int]] = [:]
        for place in surest { pairs[[judged.texts.labels[place], judged.predicted[place]], default: []].append(place) }
        let frequent = pairs.sorted { ($1.value.count, $0.key[0], $0.key[1]) < ($0.value.count, $1.key[0], $1.key[1]) }
        return [
            ResultTable(
                "confusions", columns: ["count", "truth", "read", "confidence"] + ending,
                rows: frequent.prefix(12).flatMap { _, places in
                    places.prefix(showTexts ? 2 : 1).map { [Cell(places.count)] + row($0) }
                }),
            ResultTable(
                "surestErrors", columns: ["truth", "read", "confidence"] + ending,
                rows: surest.prefix(12).map(row)),
        ]
    }
}
