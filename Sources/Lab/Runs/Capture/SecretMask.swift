import Foundation

/// Keeps secrets out of what is recorded of a program.
///
/// A secret is the value of an argument or environment variable whose name says so (`--api-key`, `HF_TOKEN`), or what
/// looks like a key of a known service, or the user's part of an address.
struct SecretMask {
    static let mask = "***"

    /// What must not appear, longest first.
    private let secrets: [String]

    init(_ command: [String], environment: [String: String]) {
        let masked = Self.masked(command)
        var found = zip(command, masked).compactMap { given, kept -> String? in
            guard given != kept else { return nil }
            // What the mask stands for: the two share everything else.
            let start = given.commonPrefix(with: kept).count
            let end = String(given.reversed()).commonPrefix(with: String(kept.reversed())).count
            return String(given.dropFirst(start).dropLast(end))
        }
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
        return ["api_key", "apikey", "token", "secret", "passw", "credential", "private_key", "access_key"].contains {
            words.contains($0)
        } && !words.contains("tokenizer") && !words.contains("tokens")
    }
}
