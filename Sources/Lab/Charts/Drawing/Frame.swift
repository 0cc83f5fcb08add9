/// A pair of axes with grid, tick labels and names: the ground on which line and bar figures stand.
struct Frame {
    let x: LinearScale?
    let y: LinearScale
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    /// Grid and labels of the vertical axis, with its name written horizontally above it.
    func verticalAxis(name: String, format: NumberFormat?) -> [Markup] {
        var shapes: [Markup] = []
        for tick in y.ticks {
            let level = y(tick)
            shapes.append(Shapes.line(left, level, right, level, tick == 0 ? "axis" : "grid"))
            shapes.append(Shapes.text(y.label(tick, format), left - 8, level + 4, anchor: .end, style: "m"))
        }
        shapes.append(Shapes.text(name, left, top - 12, style: "m"))
        return shapes
    }

    /// Ticks, labels and name of the horizontal axis.
    func horizontalAxis(name: String, format: NumberFormat?) -> [Markup] {
        guard let x else { return [] }
        var shapes = [Shapes.line(left, bottom, right, bottom, "axis")]
        for tick in x.ticks {
            shapes.append(Shapes.line(x(tick), bottom, x(tick), bottom + 4, "axis"))
            shapes.append(Shapes.text(x.label(tick, format), x(tick), bottom + 18, anchor: .middle, style: "m"))
        }
        shapes.append(Shapes.text(name, (left + right) / 2, bottom + 36, anchor: .middle, style: "m"))
        return shapes
    }
}

/// The key of a figure with several series: marker, dash and name on one or more lines.
enum Legend {
    static let lineHeight = 20.0

    /// The shapes and the height that they take; nothing for fewer than two names.
    static func shapes(_ names: [String], left: Double, top: Double, width: Double, lines: Bool) -> ([Markup], Double) {
        guard names.count > 1 else { return ([], 0) }
        var shapes: [Markup] = []
        var x = left
        var y = top + 8
        for (index, name) in names.enumerated() {
            let number = ChartStyle.number(index)
            let advance = 34 + Shapes.width(of: name) + 18
            if x > left, x + advance > left + width {
                x = left
                y += lineHeight
            }
            if lines {
                shapes.append(Shapes.line(x, y, x + 26, y, "line s\(number) d\(number)"))
                shapes.append(Shapes.marker(number, x + 13, y, size: 3.5))
            } else {
                shapes.append(Shapes.rectangle(x + 8, y - 6, 12, 12, "f\(number)", radius: 2))
            }
            shapes.append(Shapes.text(name, x + 32, y + 4))
            x += advance
        }
        return (shapes, y - top + lineHeight)
    }
}
