import Foundation

/// Writes numbers for people: the same in every locale, with a true minus sign and grouped thousands.
public enum NumberFormat: Sendable, Hashable {
    /// A fixed number of digits after the point.
    case fixed(Int)
    /// A share in 0…1, shown as a percentage with this many digits after the point.
    case percent(Int)
    /// A whole number.
    case integer
    /// About this many significant digits, never in scientific notation between 1e-4 and 1e9.
    case significant(Int)

    /// The number as text; "–" where it is not a number.
    public func string(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : value > 0 ? "∞" : "−∞" }
        switch self {
        case .fixed(let digits): return Self.grouped(Self.plain(value, digits))
        case .percent(let digits): return Self.grouped(Self.plain(value * 100, digits)) + " %"
        case .integer: return Self.grouped(Self.plain(value, 0))
        case .significant(let digits):
            let size = abs(value)
            if size != 0, size < 1e-4 || size >= 1e9 {
                return String(format: "%.\(max(digits - 1, 0))e", value).replacingOccurrences(of: "-", with: "−")
            }
            let magnitude = size == 0 ? 0 : Int(log10(size).rounded(.down))
            return Self.grouped(Self.plain(value, min(max(digits - 1 - magnitude, 0), 8)))
        }
    }

    /// An interval as text, for example "[0.12, 0.34]"; a percent sign is written once.
    public func string(_ lower: Double, _ upper: Double) -> String {
        if case .percent(let digits) = self {
            let inner = NumberFormat.fixed(digits)
            return "[\(inner.string(lower * 100)), \(inner.string(upper * 100))] %"
        }
        return "[\(string(lower)), \(string(upper))]"
    }

    private static func plain(_ value: Double, _ digits: Int) -> String {
        let text = String(format: "%.\(digits)f", value)
        // A rounded zero carries no sign.
        return text.hasPrefix("-") && !text.contains(where: { ("1"..."9").contains($0) })
            ? String(text.dropFirst()) : text
    }

    private static func grouped(_ text: String) -> String {
        let negative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first else { return text }
        var digits = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { digits += "," }
            digits.append(digit)
        }
        return (negative ? "−" : "") + digits + (parts.count > 1 ? "." + parts[1] : "")
    }
}
