import Foundation

// Stand-ins until storage and the numeric profile arrive.
enum AtomicFile {
    static func write(_ data: Data, to url: URL) throws { try data.write(to: url, options: .atomic) }
}

enum SQLite {
    static func canonicalDump(_ url: URL) throws -> Data { try Data(contentsOf: url) }
}

struct NumericProfile: Codable {
    static func current() -> NumericProfile { NumericProfile() }
}
