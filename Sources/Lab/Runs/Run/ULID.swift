import Foundation
import Synchronization

/// Identifiers that sort by time of making: 48 bits of Unix milliseconds, then 80 random bits, in Crockford's base 32.
///
/// Source: https://github.com/ulid/spec, with its monotonicity within a process.
public enum ULID {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// What this process made last.
    private static let last = Mutex((high: UInt64(0), low: UInt64(0)))

    /// 26 characters.
    public static func make(at time: Date, using generator: inout some RandomNumberGenerator) -> String {
        text(bits(at: time, using: &generator))
    }

    /// 26 characters with bits from the system, behind all that this process made before: within one millisecond, or
    /// where the clock was set back, the last one is counted up.
    public static func make(at time: Date) -> String {
        var generator = SystemRandomNumberGenerator()
        let fresh = bits(at: time, using: &generator)
        return text(
            last.withLock { last in
                if fresh.high >> 16 > last.high >> 16 {
                    last = fresh
                } else {
                    last.low &+= 1
                    if last.low == 0 { last.high &+= 1 }
                }
                return last
            })
    }

    private static func bits(
        at time: Date, using generator: inout some RandomNumberGenerator
    ) -> (high: UInt64, low: UInt64) {
        let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1000))
        return (milliseconds << 16 | UInt64.random(in: 0...0xFFFF, using: &generator), generator.next())
    }

    private static func text(_ given: (high: UInt64, low: UInt64)) -> String {
        var bits = given
        var characters = [UInt8](repeating: 0, count: 26)
        for position in stride(from: 25, through: 0, by: -1) {
            characters[position] = alphabet[Int(bits.low & 31)]
            bits.low = bits.low >> 5 | (bits.high & 31) << 59
            bits.high >>= 5
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Whether a text has the form of an identifier.
    public static func isValid(_ text: String) -> Bool {
        text.utf8.count == 26 && text.utf8.allSatisfy(alphabet.contains) && (text.utf8.first ?? 0xFF) <= 0x37
    }
}
