import Foundation

/// Keeps secrets out of what is recorded of a program or written for others to read.
///
/// A secret is the value of an argument or environment variable whose name says so (`--api-key`, `HF_TOKEN`), or what
/// looks like a key of a known service, or the user's part of an address.
public struct SecretMask: Sendable {
    static let mask = "***"

    /// What must not appear, longest first: one secret may be a part of another.
    public let secrets: [String]

    /// - Parameter command: arguments, whose secrets are found by the names of their options.
    public init(_ command: [String] = [], environment: [String: String] = ProcessInfo.processInfo.environment) {
        let masked = Self.masked(command)
        var found = zip(command, masked).compactMap { given, kept -> String? in
            guard given != kept else { return nil }
            // What the mask stands for: the two share everything else.
            let start = given.commonPrefix(with: kept).count
            let end = String(given.reversed()).commonPrefix(with: String(kept.reversed())).count
            return String(given.dropFirst(start).dropLast(end))
        }
        // Shorter values would mask ordinary words.
        found += environment.filter { Self.isSecret(name: $0.key) }.map(\.value)
        secrets = Set(found.filter { $0.count >= 6 }).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// A text with every secret replaced.
    func masked(_ text: String) -> String {
        secrets.reduce(text) { $0.contains($1) ? $0.replacing($1, with: Self.mask) : $0 }
    }

    /// Bytes with every secret replaced; bytes that are no text stay what they are.
    func masked(_ bytes: [UInt8]) -> [UInt8] {
        guard !secrets.isEmpty, let text = String(validating: bytes, as: UTF8.self) else { return bytes }
        return Array(masked(text).utf8)
    }

    /// Arguments with their secrets replaced.
    static func masked(_ command: [String]) -> [String] {
        var previous = ""
        return command.map { argument in
            defer { previous = argument }
            if previous.hasPrefix("-"), !previous.contains("="), isSecret(name: previous), !argument.hasPrefix("-") {
                return mask
            }
            if let split = argument.firstIndex(of: "="), isSecret(name: String(argument[..<split])) {
                return argument[...split] + mask
            }
            return argument.replacing(/(:\/\/)[^\/@\s]+@/) { "\($0.output.1)\(mask)@" }
                .replacing(/\b(sk-|ghp_|gho_|github_pat_|hf_|xox[a-z]-|AKIA|glpat-)[A-Za-z0-9_\-]{8,}/, with: mask)
        }
    }

    private static func isSecret(name: String) -> Bool {
        let words = name.lowercased().replacing("-", with: "_")
        let named = ["api_key", "apikey", "token", "secret", "passw", "credential"].contains {
            words.contains($0)
        }
        let isKey = words == "key" || words.hasSuffix("_key")
        let isPlain = words.contains("tokenizer") || words.contains("tokens")
        return (named || isKey) && !isPlain
    }
}
