/// A matrix of shaded cells with their numbers, such as a confusion matrix.
public struct HeatMap: Chart {
    public let title: String
    public let summary: String
    public let rowNames: [String]
    public let columnNames: [String]
    /// One array a row; `nil` for a cell without a figure.
    public let values: [[Double?]]
    public let rowAxis: String
    public let columnAxis: String
    public var format: NumberFormat
    /// Whether the shade of a cell is its share of the row (with the percentage written below) or of the largest cell.
    public var sharesOfRow: Bool

    public init(
        title: String, summary: String, rowNames: [String], columnNames: [String], values: [[Double?]],
        rowAxis: String, columnAxis: String, format: NumberFormat = .integer, sharesOfRow: Bool = true
    ) {
        self.title = title
        self.summary = summary
        self.rowNames = rowNames
        self.columnNames = columnNames
        self.values = values
        self.rowAxis = rowAxis
        self.columnAxis = columnAxis
        self.format = format
        self.sharesOfRow = sharesOfRow
    }

    public func drawing(width: Double) -> Drawing {
        let names = max(rowNames.map { Shapes.width(of: $0) }.max() ?? 0, Shapes.width(of: rowAxis))
        let left = min(names, width * 0.4) + 22
        let cellWidth = min(104, (width - left - 12) / Double(max(columnNames.count, 1)))
        let cellHeight = 52.0
        let top = 46.0
        var shapes = [
            Shapes.text(
                columnAxis, left + cellWidth * Double(columnNames.count) / 2, 14, anchor: .middle, style: "m"),
            Shapes.text(rowAxis, left - 10, 36, anchor: .end, style: "m"),
        ]
        for (column, name) in columnNames.enumerated() {
            shapes.append(
                Shapes.text(
                    Shapes.fitted(name, to: cellWidth - 6), left + cellWidth * (Double(column) + 0.5), 36,
                    anchor: .middle, style: "b"))
        }
        let largest = values.joined().compactMap { $0 }.filter(\.isFinite).max() ?? 0
        for (row, cells) in values.enumerated() {
            let y = top + Double(row) * cellHeight
            if row < rowNames.count {
                shapes.append(
                    Shapes.text(
                        Shapes.fitted(rowNames[row], to: left - 14), left - 10, y + cellHeight / 2 + 4, anchor: .end,
                        style: "b"))
            }
            let total = cells.compactMap { $0 }.filter(\.isFinite).reduce(0, +)
            for (column, value) in cells.enumerated() {
                let whole = sharesOfRow ? total : largest
                shapes += cell(value, whole: whole, left + Double(column) * cellWidth, y, cellWidth, cellHeight)
            }
        }
        let right = left + cellWidth * Double(columnNames.count)
        return Drawing(width: right + 12, height: top + Double(values.count) * cellHeight + 8, shapes: shapes)
    }

    private func cell(
        _ value: Double?, whole: Double, _ x: Double, _ y: Double, _ width: Double, _ height: Double
    ) -> [Markup] {
        guard let value, value.isFinite else {
            return [Shapes.text("–", x + width / 2, y + height / 2 + 4, anchor: .middle, style: "m")]
        }
        let share = whole > 0 ? min(max(value / whole, 0), 1) : 0
        // At most 0.55, so that dark ink on a light page and light ink on a dark one both stay above 4.5:1.
        var shapes = [
            Shapes.rectangle(x + 1, y + 1, width - 2, height - 2, "shade", radius: 3),
            Shapes.rectangle(x + 1, y + 1, width - 2, height - 2, "f1", radius: 3, opacity: share * 0.55),
            Shapes.text(
                format.string(value), x + width / 2, y + height / 2 + (sharesOfRow ? -2 : 4), anchor: .middle,
                style: "b"),
        ]
        if sharesOfRow {
            shapes.append(
                Shapes.text(
                    NumberFormat.percent(0).string(share), x + width / 2, y + height / 2 + 14, anchor: .middle,
                    style: "s"))
        }
        return shapes
    }
}
