/// Estimates with their intervals, one a row, beside reference lines: the "forest plot" of evaluation and fairness.
public struct IntervalPlot: Chart {
    /// One estimate.
    public struct Row: Sendable, Equatable {
        public let name: String
        public let value: Double
        public let lower: Double
        public let upper: Double
        /// Which colour and marker the row has, counted from 0; rows of one kind share it.
        public var style: Int
        /// A known truth for this row, drawn as a hollow diamond.
        public var truth: Double?

        public init(
            _ name: String, value: Double, lower: Double, upper: Double, style: Int = 0, truth: Double? = nil
        ) {
            self.name = name
            self.value = value
            self.lower = lower
            self.upper = upper
            self.style = style
            self.truth = truth
        }
    }

    public let title: String
    public let summary: String
    public let rows: [Row]
    public let xName: String
    /// Vertical lines for comparison, such as "no difference" or a known truth.
    public var references: [LineChart.Reference]
    public var format: NumberFormat
    /// The names of the styles that rows use, in order, shown as a key when there is more than one.
    public var styleNames: [String]

    public init(
        title: String, summary: String, rows: [Row], xName: String, references: [LineChart.Reference] = [],
        format: NumberFormat = .significant(3), styleNames: [String] = []
    ) {
        self.title = title
        self.summary = summary
        self.rows = rows
        self.xName = xName
        self.references = references
        self.format = format
        self.styleNames = styleNames
    }

    static let rowHeight = 28.0
    /// The width that a tick's label needs, in pixels.
    static let tickRoom = 90.0

    public func drawing(width: Double) -> Drawing {
        let (legend, legendHeight) = Legend.shapes(styleNames, left: 8, top: 4, width: width - 16, lines: true)
        let names = min(rows.map { Shapes.width(of: $0.name) }.max() ?? 0, width * 0.34)
        let figures = rows.map { figure($0) }
        let figureWidth = figures.map { Shapes.width(of: $0) }.max() ?? 0
        let left = names + 24
        let right = width - figureWidth - 24
        let top = legendHeight + 14 + (references.isEmpty ? 0 : 16)
        let bottom = top + Double(rows.count) * Self.rowHeight
        let x = LinearScale(
            rows.flatMap { [$0.value, $0.lower, $0.upper, $0.truth ?? $0.value] } + references.map(\.value),
            from: left, to: right, tickTarget: min(6, max(2, Int((right - left) / Self.tickRoom))))

        var shapes = legend
        for index in rows.indices where index % 2 == 1 {
            shapes.append(
                Shapes.rectangle(0, top + Double(index) * Self.rowHeight, width, Self.rowHeight, "shade"))
        }
        for tick in x.ticks {
            shapes.append(Shapes.line(x(tick), top, x(tick), bottom, "grid"))
            shapes.append(Shapes.text(x.label(tick, format), x(tick), bottom + 18, anchor: .middle, style: "m"))
        }
        shapes += referenceLines(x, top: top, bottom: bottom, width: width)
        for (index, row) in rows.enumerated() {
            let middle = top + (Double(index) + 0.5) * Self.rowHeight
            shapes.append(Shapes.text(Shapes.fitted(row.name, to: names), 12, middle + 4))
            shapes.append(Shapes.text(figures[index], width - 12, middle + 4, anchor: .end))
            shapes += drawn(row, figures[index], middle, x)
        }
        shapes.append(Shapes.line(left, bottom, right, bottom, "axis"))
        shapes.append(Shapes.text(xName, (left + right) / 2, bottom + 36, anchor: .middle, style: "m"))
        return Drawing(width: width, height: bottom + 46, shapes: shapes)
    }

    private func figure(_ row: Row) -> String {
        row.lower.isFinite && row.upper.isFinite
            ? "\(format.string(row.value)) \(format.string(row.lower, row.upper))" : format.string(row.value)
    }

    private func drawn(_ row: Row, _ figure: String, _ middle: Double, _ x: LinearScale) -> [Markup] {
        guard row.value.isFinite else { return [] }
        let number = ChartStyle.number(row.style)
        var shapes: [Markup] = []
        if row.lower.isFinite, row.upper.isFinite {
            shapes.append(Shapes.line(x(row.lower), middle, x(row.upper), middle, "whisker s\(number)"))
            for end in [row.lower, row.upper] {
                shapes.append(Shapes.line(x(end), middle - 4, x(end), middle + 4, "whisker s\(number)"))
            }
        }
        shapes.append(Shapes.marker(number, x(row.value), middle, size: 4.5, tooltip: "\(row.name): \(figure)"))
        if let truth = row.truth, truth.isFinite {
            let at = x(truth)
            shapes.append(
                .node(
                    "polygon",
                    [
                        "points": [(at, middle - 7), (at + 6, middle), (at, middle + 7), (at - 6, middle)]
                            .map { "\($0.svg),\($1.svg)" }.joined(separator: " "), "class": "thin",
                        "fill": "none",
                    ], [.node("title", text: "\(row.name), truth: \(format.string(truth))")]))
        }
        return shapes
    }

    private func referenceLines(_ x: LinearScale, top: Double, bottom: Double, width: Double) -> [Markup] {
        references.filter { $0.value.isFinite }.flatMap { reference -> [Markup] in
            let at = x(reference.value)
            let half = Shapes.width(of: reference.name, size: 11) / 2
            let label = min(max(at, half + 4), width - half - 4)
            return [
                Shapes.line(at, top - 4, at, bottom, "ref"),
                Shapes.text(reference.name, label, top - 9, anchor: .middle, style: "m s"),
            ]
        }
    }
}
