import Foundation
import LabStorage
import Yams

/// What a column of a user's file can mean.
public enum ColumnMeaning: String, Sendable, CaseIterable, Codable {
    case id, author, text, time, platform, language, label, rating, split
    /// What is said about the images and films of a post; any shape that `MediaDescriptions` reads.
    case media
    /// Logged decisions: what was done, with what probability, and what came of it.
    case action, propensity, reward, value

    var isNumber: Bool {
        switch self {
        case .rating, .propensity, .reward, .value: true
        default: false
        }
    }
}

/// The column map of posts or decisions that a user writes for `labctl data add` (`JourneyMap` is that of journeys): YAML with the columns of the file for each meaning.
///
/// ```yaml
/// name: my-posts
/// separator: ";"
/// columns:
///   text: body
///   time: created_at
///   label: sentiment
/// labels:
///   pos: positive
///   neg: negative
/// licence: our own
/// commercial-use: true
/// ```
public struct UserMap: Sendable, Equatable {
    public enum Format: String, Sendable { case csv, tsv, jsonl }

    /// Where the map was read from.
    var file = "column map"
    public var name: String?
    public var format: Format?
    public var separator: Character?
    /// The column for each meaning.
    public var columns: [ColumnMeaning: String]
    /// Labels of the file and what they are called here; others stay as they are.
    public var labels: [String: String]
    public var licence: String
    public var commercialUse: Bool
    public var summary: String

    private static let keys = [
        "kind", "name", "format", "separator", "columns", "labels", "licence", "commercial-use", "description",
    ]

    /// Reads a map; an unknown key or meaning is an error that names the nearest one.
    public static func read(_ url: URL) throws -> UserMap { try UserMap(fields(url), file: url.path) }

    /// The keys of a map of any kind, not checked.
    static func fields(_ url: URL) throws -> [String: Any] {
        guard FileManager.default.fileExists(atPath: url.path) else { throw StorageError.notFound(path: url.path) }
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw StorageError.invalidMap(file: url.path, reason: "it is not UTF-8 text")
        }
        let object: Any?
        do {
            object = try Yams.load(yaml: text)
        } catch {
            throw StorageError.invalidMap(file: url.path, reason: "it is not YAML (\(error))")
        }
        guard let fields = object as? [String: Any] else {
            throw StorageError.invalidMap(file: url.path, reason: "it holds no keys")
        }
        return fields
    }

    init(_ fields: [String: Any], file: String) throws {
        for key in fields.keys.sorted() where !Self.keys.contains(key) {
            throw StorageError.invalidMap(file: file, reason: "unknown key \(Self.suggestion(key, Self.keys))")
        }
        self.file = file
        func text(_ key: String) -> String? { fields[key].map { "\($0)" } }
        name = text("name")
        format = try Self.format(fields, file: file)
        separator = try Self.separator(fields, file: file)
        columns = [:]
        let meanings = ColumnMeaning.allCases.map(\.rawValue)
        for (key, column) in (fields["columns"] as? [String: Any] ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard let meaning = ColumnMeaning(rawValue: key) else {
                throw StorageError.invalidMap(file: file, reason: "unknown meaning \(Self.suggestion(key, meanings))")
            }
            columns[meaning] = "\(column)"
        }
        guard columns[.text] != nil || columns[.action] != nil else {
            throw StorageError.invalidMap(file: file, reason: "columns must name at least text or action")
        }
        labels = (fields["labels"] as? [String: Any] ?? [:]).mapValues { "\($0)" }
        licence = text("licence") ?? "not stated"
        commercialUse = fields["commercial-use"] as? Bool ?? false
        summary = text("description") ?? "Added by the user."
    }

    static func format(_ fields: [String: Any], file: String) throws -> Format? {
        try fields["format"].map { value in
            guard let format = Format(rawValue: "\(value)") else {
                throw StorageError.invalidMap(file: file, reason: "format is \(value), not csv, tsv or jsonl")
            }
            return format
        }
    }

    static func separator(_ fields: [String: Any], file: String) throws -> Character? {
        try fields["separator"].map { value in
            guard "\(value)".count == 1, let character = "\(value)".first, character.isASCII else {
                throw StorageError.invalidMap(file: file, reason: "the separator must be one ASCII character")
            }
            return character
        }
    }

    /// The dataset's name: the map's, or that of the file without its ending.
    func name(for file: URL) throws -> String { try Self.name(name, for: file, map: self.file) }

    static func name(_ name: String?, for file: URL, map: String) throws -> String {
        let name = name ?? file.deletingPathExtension().lastPathComponent.lowercased()
        let allowed = name.allSatisfy { ($0.isLetter || $0.isNumber) && $0.isASCII || "-_.".contains($0) }
        guard !name.isEmpty, allowed, !name.hasPrefix(".") else {
            throw StorageError.invalidMap(
                file: map, reason: "the name \"\(name)\" may hold only letters, digits, '-', '_' and '.'")
        }
        let project = DatasetCatalogue.projectManifests.appendingPathComponent(name + ".json")
        guard !FileManager.default.fileExists(atPath: project.path) else {
            throw StorageError.invalidMap(
                file: map, reason: "\(name) is a dataset of the project; choose another name")
        }
        return name
    }

    static func suggestion(_ key: String, _ known: [String]) -> String {
        guard let nearest = NearestName.of(key, among: known) else {
            return "\(key); known are \(known.joined(separator: ", "))"
        }
        return "\(key); did you mean \(nearest)?"
    }
}
