import Foundation
import LabDomain

/// A row of a user's file after the map was applied: text as it is, numbers checked, time in UTC.
struct UserRow: Sendable {
    var line: Int
    var texts: [ColumnMeaning: String] = [:]
    var numbers: [ColumnMeaning: Double] = [:]
    /// Descriptions of images and films; among the texts they are one list in JSON.
    var media: [String] = []

    var id: String { texts[.id] ?? "" }

    /// Applies the map to the values of a record, or says why the record cannot be used.
    static func make(
        line: Int, _ values: [ColumnMeaning: String], _ map: UserMap
    ) -> (row: UserRow, problem: String?) {
        var row = UserRow(line: line)
        for meaning in ColumnMeaning.allCases {
            guard let value = values[meaning]?.trimmingCharacters(in: .whitespaces), !value.isEmpty else { continue }
            if meaning.isNumber {
                guard let number = Double(value), number.isFinite else {
                    return (row, "\(meaning.rawValue) is not a number")
                }
                row.numbers[meaning] = number
            } else if meaning == .media {
                let descriptions = MediaDescriptions(cell: value)
                if !descriptions.texts.isEmpty { row.texts[.media] = descriptions.cell }
                row.media = descriptions.texts
            } else {
                row.texts[meaning] = value
            }
        }
        if map.columns[.text] != nil, row.texts[.text] == nil, row.media.isEmpty { return (row, "text is empty") }
        if map.columns[.action] != nil, row.texts[.action] == nil { return (row, "action is empty") }
        if map.columns[.id] != nil, row.texts[.id] == nil { return (row, "id is empty") }
        if let propensity = row.numbers[.propensity], !(propensity > 0 && propensity <= 1) {
            return (row, "propensity is not above 0 and at most 1")
        }
        if let time = row.texts[.time] {
            guard let moment = Self.time(time) else { return (row, "time is in no known form") }
            row.texts[.time] = moment.formatted(.iso8601)
        }
        if let label = row.texts[.label] { row.texts[.label] = map.labels[label] ?? label }
        if map.columns[.id] == nil { row.texts[.id] = "line-\(line)" }
        return (row, nil)
    }

    /// ISO 8601 with or without zone (UTC then), a date, or seconds since 1970.
    static func time(_ text: String) -> Date? {
        if let seconds = Double(text) { return abs(seconds) < 1e11 ? Date(timeIntervalSince1970: seconds) : nil }
        var iso = text.replacingOccurrences(of: " ", with: "T")
        if iso.count == 10 { iso += "T00:00:00" }
        if !iso.hasSuffix("Z"), !iso.dropFirst(10).contains("+"), !iso.dropFirst(10).contains("-") { iso += "Z" }
        let plain = Date.ISO8601FormatStyle(timeZoneSeparator: .colon)
        return (try? plain.parse(iso))
            ?? (try? Date.ISO8601FormatStyle(timeZoneSeparator: .colon, includingFractionalSeconds: true).parse(iso))
    }
}
