import Foundation

/// Identifiers that sort by time of making: 48 bits of Unix milliseconds, then 80 random bits, in Crockford's base 32.
///
/// Source: https://github.com/ulid/spec.
public enum ULID {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// 26 characters.
    public static func make(at time: Date, using generator: inout some RandomNumberGenerator) -> String {
        let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1000))
        var bits = (high: milliseconds << 16 | UInt64.random(in: 0...0xFFFF, using: &generator), low: generator.next())
        var characters = [UInt8](repeating: 0, count: 26)
        for position in stride(from: 25, through: 0, by: -1) {
            characters[position] = alphabet[Int(bits.low & 31)]
            bits.low = bits.low >> 5 | (bits.high & 31) << 59
            bits.high >>= 5
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// 26 characters with bits from the system.
    public static func make(at time: Date) -> String {
        var generator = SystemRandomNumberGenerator()
        return make(at: time, using: &generator)
    }

    /// Whether a text has the form of an identifier.
    public static func isValid(_ text: String) -> Bool {
        text.utf8.count == 26 && text.utf8.allSatisfy(alphabet.contains) && (text.utf8.first ?? 0xFF) <= 0x37
    }
}
