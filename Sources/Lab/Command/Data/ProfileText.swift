import LabWorkbench

/// Shows what was found in a user's file.
enum ProfileText {
    private static let sentiments = ["negative", "neutral", "positive"]

    static func say(_ profile: DatasetProfile, _ common: CommonOptions) {
        common.say("\(profile.name): \(profile.rows) rows from \(profile.file), \(profile.rejected) set aside")
        common.say(
            TextTable(
                ["meaning", "column", "missing", "distinct", "least", "greatest"],
                rows: profile.columns.map { column in
                    [
                        column.meaning, column.column ?? "(made from the line)", String(column.nulls),
                        String(column.distinct), column.least ?? "", column.greatest ?? "",
                    ]
                }))
        let isLog = profile.columns.first?.meaning == "feature"
        if isLog { common.say("actions: " + profile.labels.map { "\($0.value) \($0.count)" }.joined(separator: ", ")) }
        if !profile.labels.isEmpty, !isLog {
            common.say("labels: " + profile.labels.map { "\($0.value) \($0.count)" }.joined(separator: ", "))
            let foreign = profile.labels.map(\.value).filter { !sentiments.contains($0) && Double($0) == nil }
            if !foreign.isEmpty {
                common.say(
                    "note: as sentiment, streams/ingest takes the labels negative, neutral and positive or a number from "
                        + "-4 to 4; map \(foreign.joined(separator: ", ")) to them under 'labels' if that is what they mean"
                )
            }
        }
        if let repeated = profile.repeatedTexts, repeated > 0 { common.say("repeated texts: \(repeated)") }
        for reason in profile.reasons { common.say("set aside: \(reason.count) × \(reason.value)") }
        if !profile.rejectedLines.isEmpty {
            common.say("first lines set aside: " + profile.rejectedLines.map(String.init).joined(separator: ", "))
        }
    }
}
