/// Where a rendered text goes, and so what must be escaped in it.
public enum Escaping: Sendable, Hashable {
    /// A platform's text field.
    case plain
    /// HTML content or a quoted attribute, as in e-mail.
    case html
}

extension Template {
    /// The text with values in its slots. Values are never read as templates themselves.
    ///
    /// Where the whole is longer than `limit`, slots fall back one by one, the longest value first; what is still too
    /// long is cut at a whole word or character.
    ///
    /// Throws `CreativeError.missingSlot` for a slot with neither value nor fallback, `.wrongSlotType`.
    public func rendered(
        _ values: [String: SlotValue], limit: (maximum: Int, unit: TextUnit)? = nil, escaping: Escaping = .plain
    ) throws -> String {
        var chosen: [String: String] = [:]
        for slot in slots {
            guard let value = values[slot.name] else {
                guard let fallback = slot.fallback else {
                    throw CreativeError.missingSlot(template: name, slot: slot.name)
                }
                chosen[slot.name] = fallback
                continue
            }
            guard slot.type == nil || slot.type == value.typeName else {
                throw CreativeError.wrongSlotType(template: name, slot: slot.name, expected: slot.type ?? "")
            }
            chosen[slot.name] = value.string
        }
        if let limit {
            chosen = fitted(chosen, limit)
            let text = assembled(chosen)
            return escaped(limit.unit.shortened(text, to: limit.maximum), escaping)
        }
        return escaped(assembled(chosen), escaping)
    }

    private func fitted(_ chosen: [String: String], _ limit: (maximum: Int, unit: TextUnit)) -> [String: String] {
        var chosen = chosen
        while limit.unit.length(of: assembled(chosen)) > limit.maximum {
            let longest =
                slots
                .filter { slot in
                    guard let fallback = slot.fallback, let value = chosen[slot.name] else { return false }
                    return limit.unit.length(of: fallback) < limit.unit.length(of: value)
                }
                .max { left, right in
                    let leftLength = limit.unit.length(of: chosen[left.name] ?? "")
                    let rightLength = limit.unit.length(of: chosen[right.name] ?? "")
                    return leftLength == rightLength ? left.name > right.name : leftLength < rightLength
                }
            guard let longest, let fallback = longest.fallback else { break }
            chosen[longest.name] = fallback
        }
        return chosen
    }

    private func assembled(_ values: [String: String]) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .slot(let slot): text += values[slot.name] ?? ""
            }
        }
        // An empty fallback leaves no double space behind.
        return text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }

    private func escaped(_ text: String, _ escaping: Escaping) -> String {
        guard escaping == .html else { return text }
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}
