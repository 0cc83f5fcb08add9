/// Every single value of a few groups, with each group's mean and interval: what repetitions under several seeds gave.
public struct SeedPlot: Chart {
    /// One group: all its values and what they say together.
    public struct Row: Sendable, Equatable {
        public let name: String
        /// One mark each; what is not finite is left out.
        public let values: [Double]
        public let center: Double
        public let lower: Double
        public let upper: Double

        public init(_ name: String, values: [Double], center: Double, lower: Double, upper: Double) {
            self.name = name
            self.values = values
            self.center = center
            self.lower = lower
            self.upper = upper
        }
    }

    public let title: String
    public let summary: String
    public let rows: [Row]
    public let xName: String
    public var format: NumberFormat

    public init(
        title: String, summary: String, rows: [Row], xName: String, format: NumberFormat = .significant(4)
    ) {
        self.title = title
        self.summary = summary
        self.rows = rows
        self.xName = xName
        self.format = format
    }

    static let rowHeight = 46.0

    public func drawing(width: Double) -> Drawing {
        let names = min(rows.map { Shapes.width(of: $0.name) }.max() ?? 0, width * 0.34)
        let figures = rows.map { figure($0) }
        let left = names + 28
        let right = width - (figures.map { Shapes.width(of: $0) }.max() ?? 0) - 28
        let top = 10.0
        let bottom = top + Double(rows.count) * Self.rowHeight
        let x = LinearScale(
            rows.flatMap { $0.values + [$0.center, $0.lower, $0.upper] }, from: left, to: right,
            tickTarget: min(6, max(2, Int((right - left) / IntervalPlot.tickRoom))))
        var shapes: [Markup] = []
        for index in rows.indices where index % 2 == 1 {
            shapes.append(Shapes.rectangle(0, top + Double(index) * Self.rowHeight, width, Self.rowHeight, "shade"))
        }
        for tick in x.ticks {
            shapes.append(Shapes.line(x(tick), top, x(tick), bottom, "grid"))
            shapes.append(Shapes.text(x.label(tick, format), x(tick), bottom + 18, anchor: .middle, style: "m"))
        }
        for (index, row) in rows.enumerated() {
            let middle = top + (Double(index) + 0.5) * Self.rowHeight
            shapes.append(Shapes.text(Shapes.fitted(row.name, to: names), 12, middle + 4))
            shapes.append(Shapes.text(figures[index], width - 12, middle + 4, anchor: .end))
            shapes += drawn(row, figures[index], ChartStyle.number(index), middle, x)
        }
        shapes.append(Shapes.line(left, bottom, right, bottom, "axis"))
        shapes.append(Shapes.text(xName, (left + right) / 2, bottom + 36, anchor: .middle, style: "m"))
        return Drawing(width: width, height: bottom + 46, shapes: shapes)
    }

    /// Values above, mean and interval below the row's middle, so that neither hides the other.
    private func drawn(_ row: Row, _ figure: String, _ number: Int, _ middle: Double, _ x: LinearScale) -> [Markup] {
        var shapes = row.values.filter(\.isFinite).map { value in
            Shapes.marker(5, x(value), middle - 8, size: 3, tooltip: "\(row.name): \(format.string(value))")
        }
        guard row.center.isFinite else { return shapes }
        let below = middle + 9
        if row.lower.isFinite, row.upper.isFinite {
            shapes.append(Shapes.line(x(row.lower), below, x(row.upper), below, "whisker s\(number)"))
            for end in [row.lower, row.upper] {
                shapes.append(Shapes.line(x(end), below - 4, x(end), below + 4, "whisker s\(number)"))
            }
        }
        shapes.append(Shapes.marker(number, x(row.center), below, size: 4.5, tooltip: "\(row.name): \(figure)"))
        return shapes
    }

    private func figure(_ row: Row) -> String {
        row.lower.isFinite && row.upper.isFinite
            ? "\(format.string(row.center)) \(format.string(row.lower, row.upper))" : format.string(row.center)
    }
}
