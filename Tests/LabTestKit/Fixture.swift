public import Foundation

/// Known answers that tests compare with, under `Tests/Fixtures`; each folder's README says how they were made.
public enum Fixture {
    /// The file at `path` below `Tests/Fixtures`.
    public static func file(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures").appending(path: path)
    }

    /// The decoded JSON file at `path` below `Tests/Fixtures`.
    public static func json<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: file(path)))
    }
}
