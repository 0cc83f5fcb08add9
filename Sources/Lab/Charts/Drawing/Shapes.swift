import Foundation

/// The few shapes that figures are made of, as markup with short, stable numbers.
enum Shapes {
    enum Anchor: String {
        case start = ""
        case middle = " mid"
        case end = " end"
    }

    static func text(
        _ content: String, _ x: Double, _ y: Double, anchor: Anchor = .start, style: String = "", rotated: Double? = nil
    ) -> Markup {
        let names = (style + anchor.rawValue).trimmingCharacters(in: .whitespaces)
        let turn = rotated.map { "rotate(\($0.svg) \(x.svg) \(y.svg))" }
        return .node(
            "text", ["x": x.svg, "y": y.svg, "class": names.isEmpty ? nil : names, "transform": turn], text: content)
    }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> Markup {
        .node("line", ["x1": x1.svg, "y1": y1.svg, "x2": x2.svg, "y2": y2.svg, "class": style])
    }

    static func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, radius: Double? = nil,
        opacity: Double? = nil, tooltip: String? = nil
    ) -> Markup {
        .node(
            "rect",
            [
                "x": x.svg, "y": y.svg, "width": max(width, 0).svg, "height": max(height, 0).svg, "class": style,
                "rx": radius?.svg, "fill-opacity": opacity?.svg,
            ], tooltip.map { [.node("title", text: $0)] } ?? [])
    }

    static func polyline(_ points: [(Double, Double)], _ style: String) -> Markup {
        .node("polyline", ["points": points.map { "\($0.svg),\($1.svg)" }.joined(separator: " "), "class": style])
    }

    static func polygon(_ points: [(Double, Double)], _ style: String) -> Markup {
        .node("polygon", ["points": points.map { "\($0.svg),\($1.svg)" }.joined(separator: " "), "class": style])
    }

    /// The marker of a series: circle, square, diamond, triangle, hollow circle, hollow square.
    static func marker(_ number: Int, _ x: Double, _ y: Double, size: Double = 4, tooltip: String? = nil) -> Markup {
        let title: [Markup] = tooltip.map { [.node("title", text: $0)] } ?? []
        let stroke = "whisker s\(number)"
        switch number {
        case 2, 6:
            let style = number == 2 ? "f2" : "hollow " + stroke
            return .node(
                "rect",
                [
                    "x": (x - size).svg, "y": (y - size).svg, "width": (2 * size).svg, "height": (2 * size).svg,
                    "class": style,
                ], title)
        case 3, 4:
            let reach = size * 1.3
            let corners =
                number == 3
                ? [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
                : [(x, y - reach), (x + reach, y + size), (x - reach, y + size)]
            return .node(
                "polygon",
                ["points": corners.map { "\($0.svg),\($1.svg)" }.joined(separator: " "), "class": "f\(number)"], title)
        default:
            let style = number == 1 ? "f1" : "hollow " + stroke
            return .node("circle", ["cx": x.svg, "cy": y.svg, "r": size.svg, "class": style], title)
        }
    }

    /// About how wide a text is drawn at 12 pixels; wide scripts count double. Generous, since fonts differ.
    static func width(of text: String, size: Double = 12) -> Double {
        var units = 0.0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x21, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C, 0x7C: units += 0.36
            case 0x41...0x5A, 0x6D, 0x77, 0x25, 0x40: units += 0.76
            case 0x1100...0x11FF, 0x2E80...0xD7FF, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x1F000...0x1FFFF: units += 1.1
            case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: units += 0
            default: units += 0.61
            }
        }
        return units * size
    }

    /// A text that fits into so many pixels, cut at a character with an ellipsis.
    static func fitted(_ text: String, to limit: Double, size: Double = 12) -> String {
        guard width(of: text, size: size) > limit else { return text }
        var kept = text
        while !kept.isEmpty, width(of: kept + "…", size: size) > limit { kept.removeLast() }
        return kept.trimmingCharacters(in: .whitespaces) + "…"
    }
}

extension Double {
    /// At most two digits after the point, no trailing zeros, never "-0"; 0 where it is not finite.
    var svg: String {
        guard isFinite else { return "0" }
        let hundredths = (self * 100).rounded()
        guard abs(hundredths) < 1e15 else { return "0" }
        let whole = Int64(hundredths)
        let magnitude = whole.magnitude
        var text = (whole < 0 ? "-" : "") + String(magnitude / 100)
        let rest = magnitude % 100
        if rest != 0 {
            text += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        }
        return text
    }
}
