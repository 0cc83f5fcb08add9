import Foundation
import LabStorage

/// How MLflow's file store spells things.
enum MLflowText {
    /// A text for a YAML 1.1 reader: quoted and in ASCII, so that `yes`, `1_000` and `12:30` stay texts.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case " "..."~": result.unicodeScalars.append(scalar)
            case ..."\u{FFFF}": result += "\\u" + hex(scalar.value, 4)
            default: result += "\\U" + hex(scalar.value, 8)
            }
        }
        return result + "\""
    }

    /// A line for each entry, in the order given.
    static func yaml(_ entries: KeyValuePairs<String, String>) -> Data {
        Data(entries.map { "\($0.key): \($0.value)\n" }.joined().utf8)
    }

    /// Unix milliseconds.
    static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1000).rounded()) }

    /// A number that Python reads back as the same one.
    static func number(_ value: Double) -> String {
        value.isNaN ? "nan" : value.isInfinite ? (value > 0 ? "inf" : "-inf") : value.description
    }

    /// An experiment's number: 18 digits of its name's SHA-256, like MLflow's own random ones.
    static func experimentNumber(_ name: String) -> String {
        let digits = UInt64(Digest.sha256("mlflow experiment " + name).prefix(15), radix: 16) ?? 0
        return String(100_000_000_000_000_000 + digits % 900_000_000_000_000_000)
    }

    /// A run's identifier: the 128 bits of its ULID in hexadecimal.
    static func runNumber(_ id: String) -> String { ULID.hex(id) ?? String(Digest.sha256(id).prefix(32)) }

    private static func hex(_ value: UInt32, _ digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension ULID {
    /// The 128 bits as 32 lower-case hexadecimal digits; `nil` where the text is no identifier.
    static func hex(_ text: String) -> String? {
        guard isValid(text) else { return nil }
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
        var bits: (high: UInt64, low: UInt64) = (0, 0)
        for byte in text.utf8 {
            bits.high = bits.high << 5 | bits.low >> 59
            bits.low = bits.low << 5 | UInt64(alphabet.firstIndex(of: byte) ?? 0)
        }
        return [bits.high, bits.low].map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
