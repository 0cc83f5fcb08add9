public import LabDomain

/// A value that is put into a template, with its type.
public enum SlotValue: Hashable, Codable, Sendable {
    case text(String)
    case count(Int)
    /// A whole number of per cent.
    case percent(Int)
    case money(Money)

    /// The name of the type in templates: `{price:money}`.
    public var typeName: String {
        switch self {
        case .text: "text"
        case .count: "count"
        case .percent: "percent"
        case .money: "money"
        }
    }

    /// The value for readers. Control characters and line breaks become spaces: a value can never start a new line or
    /// change the direction of the text around it.
    public var string: String {
        switch self {
        case .text(let text): Self.plain(text)
        case .count(let count): String(count)
        case .percent(let percent): "\(percent) %"
        case .money(let money): Self.written(money)
        }
    }

    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: result += " "
            case .format where scalar != "\u{200D}" && scalar != "\u{200C}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.split(separator: " ").joined(separator: " ")
    }

    private static func written(_ money: Money) -> String {
        let cents = (money.micros.magnitude + 5_000) / 10_000
        let rest = cents % 100
        let amount = "\(cents / 100)" + (rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")
        return (money.micros < 0 ? "−" : "") + amount + " " + money.currency
    }
}
