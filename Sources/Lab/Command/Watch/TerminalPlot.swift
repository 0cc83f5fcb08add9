import Foundation

/// Lines over a numeric axis in braille: two dots across and four down in each character.
struct TerminalPlot {
    let series: [[(step: Double, value: Double)]]
    /// Columns, with labels.
    let width: Int
    /// Lines of the plot itself, without the axis below.
    let height: Int

    /// The plot with labels; one line that says so where there is nothing finite to draw.
    var lines: [String] {
        let values = series.joined().filter { $0.value.isFinite }
        guard let low = values.map(\.value).min(), let high = values.map(\.value).max(),
            let start = values.map(\.step).min(), let end = values.map(\.step).max()
        else { return ["  (no finite value yet)"] }
        let labels = [FigureText.number(high), FigureText.number(low)]
        let margin = (labels.map { TextTable.width($0) }.max() ?? 0) + 1
        var canvas = BrailleCanvas(columns: max(4, width - margin - 1), rows: max(1, height))
        for line in series {
            var before: (Int, Int)?
            for point in line {
                // What is not finite breaks the line.
                guard point.value.isFinite else {
                    before = nil
                    continue
                }
                let place = (
                    canvas.place(point.step, from: start, to: end, dots: canvas.width),
                    canvas.height - 1 - canvas.place(point.value, from: low, to: high, dots: canvas.height)
                )
                canvas.line(from: before ?? place, to: place)
                before = place
            }
        }
        let rows = canvas.lines
        var lines = rows.enumerated().map { row, text in
            let label = row == 0 ? labels[0] : row == rows.count - 1 ? labels[1] : ""
            return Self.padded(label, to: margin - 1) + " ┤" + text
        }
        if rows.count == 1, low != high { lines[0] = Self.padded(labels[0], to: margin - 1) + " ┤" + rows[0] }
        let ends = (FigureText.number(start), FigureText.number(end))
        let space = max(1, canvas.width / 2 - TextTable.width(ends.0) - TextTable.width(ends.1))
        lines.append(
            String(repeating: " ", count: margin + 1) + ends.0 + String(repeating: " ", count: space) + ends.1)
        return lines
    }

    private static func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - TextTable.width(text))) + text
    }
}

/// A field of dots written with the characters U+2800 to U+28FF.
struct BrailleCanvas {
    let columns: Int
    let rows: Int
    private var cells: [UInt8]

    var width: Int { columns * 2 }
    var height: Int { rows * 4 }

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: 0, count: columns * rows)
    }

    /// The dot, counted from 0, of a value in a range; the middle where the range is a point.
    func place(_ value: Double, from low: Double, to high: Double, dots: Int) -> Int {
        // Halves, since the range of two large numbers may not be finite.
        let share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
        return min(max(Int((share * Double(dots - 1)).rounded()), 0), dots - 1)
    }

    mutating func dot(_ x: Int, _ y: Int) {
        // The bits of a character's dots: down the left side 0, 1, 2, 6, down the right side 3, 4, 5, 7.
        let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
        cells[y / 4 * columns + x / 2] |= bits[x % 2][y % 4]
    }

    /// A straight line between two dots.
    mutating func line(from start: (Int, Int), to end: (Int, Int)) {
        let length = max(abs(end.0 - start.0), abs(end.1 - start.1))
        for step in 0...length {
            let share = length == 0 ? 0 : Double(step) / Double(length)
            dot(
                start.0 + Int((Double(end.0 - start.0) * share).rounded()),
                start.1 + Int((Double(end.1 - start.1) * share).rounded()))
        }
    }

    /// One text a row, without spaces at the end.
    var lines: [String] {
        (0..<rows).map { row in
            let text = cells[row * columns..<(row + 1) * columns].map { cell in
                Character(Unicode.Scalar(0x2800 + UInt32(cell)) ?? " ")
            }
            return String(text.reversed().drop { $0 == "\u{2800}" }.reversed())
        }
    }
}
