/// Why a record went to the quarantine; the raw values are the reasons in the file.
public enum Rejection: String, Error, Codable, Sendable, CaseIterable {
    case emptyLine = "empty-line"
    case emptyText = "empty-text"
    case missingID = "missing-id"
    case repeatedID = "repeated-id"
    case tooLong = "too-long"
    case invalidUTF8 = "invalid-utf8"
    case controlCharacters = "control-characters"
    case badTime = "bad-time"
    case badRating = "bad-rating"
    case badMedia = "bad-media"
    case wrongFieldCount = "wrong-field-count"
    /// Not JSON, or a quote that never closes.
    case malformed
    /// Nothing of the record is looked at but whose it is.
    case erased

    /// For people, in one sentence.
    public var explanation: String {
        switch self {
        case .emptyLine: "the line is empty"
        case .emptyText: "nothing is left of the text after cleaning"
        case .missingID: "the record has no identifier"
        case .repeatedID: "another text has the same identifier"
        case .tooLong: "the text is longer than the rules allow"
        case .invalidUTF8: "the line is not UTF-8"
        case .controlCharacters: "the text holds control characters, as binary data does"
        case .badTime: "the time is neither ISO 8601 nor seconds since 1970, or lies outside the rules"
        case .badRating: "the rating or label is neither a number from -4 to 4 nor negative, neutral or positive"
        case .badMedia: "a description of the media is no text, or there are more than the rules allow"
        case .wrongFieldCount: "the row has another number of fields than the header or the column map needs"
        case .malformed: "the record is not JSON, or its quote never closes"
        case .erased: "its author was erased"
        }
    }
}
