import LabWorkbench

/// Shows what was found in a user's file.
enum ProfileText {
    static func say(_ profile: DatasetProfile, _ common: CommonOptions) {
        common.say()
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
        if !profile.labels.isEmpty {
            common.say("labels: " + profile.labels.map { "\($0.value) \($0.count)" }.joined(separator: ", "))
        }
        if let repeated = profile.repeatedTexts, repeated > 0 { common.say("repeated texts: \(repeated)") }
        for reason in profile.reasons { common.say("set aside: \(reason.count) × \(reason.value)") }
        if !profile.rejectedLines.isEmpty {
            common.say("first lines set aside: " + profile.rejectedLines.map(String.init).joined(separator: ", "))
        }
    }
}
