import Foundation
import LabStorage

/// Names as MLflow's file store allows them: letters, digits and `_ - . : / ` and space, no path that means another,
/// at most 250 bytes, and none that is the folder of another.
///
/// What does not fit gets `_` for each foreign character and, so that two names stay two, `-` and eight digits of its
/// SHA-256. Rules: `mlflow/utils/validation.py` of MLflow 3.17.2.
struct MLflowNames {
    static let longest = 250

    /// The name for each key, unique among them.
    let names: [String: String]

    init(_ keys: some Sequence<String>) {
        var names: [String: String] = [:]
        var taken: Set<String> = []
        // Keys that fit keep their names whatever else is there.
        let sorted = Set(keys).sorted()
        for key in sorted where Self.fitting(key) == key {
            names[key] = key
            taken.insert(key)
        }
        for key in sorted where names[key] == nil {
            names[key] = Self.marked(key)
            taken.insert(Self.marked(key))
        }
        // A file store keeps `a/b` in a folder `a`, which cannot also be the file of a key `a`.
        var folders: Set<String> = []
        for name in taken {
            let parts = name.split(separator: "/")
            for count in 1..<max(parts.count, 1) { folders.insert(parts.prefix(count).joined(separator: "/")) }
        }
        for key in sorted where folders.contains(names[key] ?? "") { names[key] = Self.marked(key) }
        self.names = names
    }

    subscript(key: String) -> String { names[key] ?? key }

    /// The names that are not the keys themselves: name → key.
    var changed: [String: String] {
        Dictionary(
            names.compactMap { $0.key == $0.value ? nil : ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    private static func marked(_ key: String) -> String {
        var text = fitting(key)
        while text.utf8.count > longest - 9 { text.removeLast() }
        while text.hasSuffix("/") { text.removeLast() }
        return text + "-" + Digest.sha256(key).prefix(8)
    }

    /// The key with foreign characters and path parts replaced.
    private static func fitting(_ key: String) -> String {
        var text = ""
        for scalar in key.unicodeScalars { text.unicodeScalars.append(allows(scalar) ? scalar : "_") }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { part -> String in
            part.isEmpty ? "_" : part == "." || part == ".." ? "_" + part : String(part)
        }
        text = parts.joined(separator: "/")
        while text.utf8.count > longest { text.removeLast() }
        return text.hasSuffix("/") ? text + "_" : text
    }

    private static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "_", "-", ".", ":", "/", " ": true
        default:
            // What Python's `\w` takes.
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                true
            default: false
            }
        }
    }
}
