/// Groups of bars from zero with error bars: figures by category, side by side for each series.
public struct BarChart: Chart {
    /// One bar; `nil` where there is no figure.
    public struct Bar: Sendable, Equatable {
        public let value: Double
        public let lower: Double?
        public let upper: Double?

        public init(_ value: Double, lower: Double? = nil, upper: Double? = nil) {
            self.value = value
            self.lower = lower
            self.upper = upper
        }
    }

    public let title: String
    public let summary: String
    public let categories: [String]
    /// A name with one bar a category.
    public let series: [(name: String, bars: [Bar?])]
    public let yName: String
    public var format: NumberFormat

    public init(
        title: String, summary: String, categories: [String], series: [(name: String, bars: [Bar?])], yName: String,
        format: NumberFormat = .significant(3)
    ) {
        self.title = title
        self.summary = summary
        self.categories = categories
        self.series = series
        self.yName = yName
        self.format = format
    }

    public func drawing(width: Double) -> Drawing {
        let (legend, legendHeight) = Legend.shapes(series.map(\.name), left: 8, top: 4, width: width - 16, lines: false)
        let top = legendHeight + 32
        let plotHeight = 230.0
        let bars = series.flatMap(\.bars).compactMap { $0 }
        let y = LinearScale(
            bars.flatMap { [$0.value, $0.lower ?? $0.value, $0.upper ?? $0.value] }, including: [0],
            from: top + plotHeight, to: top)
        let left = (y.ticks.map { Shapes.width(of: y.label($0, format)) }.max() ?? 0) + 20
        let right = width - 12
        let frame = Frame(x: nil, y: y, left: left, right: right, top: top, bottom: top + plotHeight)

        var shapes = legend + frame.verticalAxis(name: yName, format: format)
        let slot = (right - left) / Double(max(categories.count, 1))
        let barWidth = min(46, slot * 0.76 / Double(max(series.count, 1)))
        for (position, category) in categories.enumerated() {
            let middle = left + slot * (Double(position) + 0.5)
            for (index, item) in series.enumerated() where position < item.bars.count {
                guard let bar = item.bars[position], bar.value.isFinite else { continue }
                let start = middle + (Double(index) - Double(series.count) / 2) * barWidth
                shapes += drawn(bar, "\(category), \(item.name)", ChartStyle.number(index), start, barWidth, y)
            }
            shapes.append(
                Shapes.text(
                    Shapes.fitted(category, to: slot - 4), middle, top + plotHeight + 18, anchor: .middle))
        }
        return Drawing(width: width, height: top + plotHeight + 30, shapes: shapes)
    }

    private func drawn(
        _ bar: Bar, _ name: String, _ number: Int, _ start: Double, _ barWidth: Double, _ y: LinearScale
    ) -> [Markup] {
        let top = min(y(bar.value), y(0))
        let height = abs(y(bar.value) - y(0))
        var tip = "\(name): \(format.string(bar.value))"
        if let lower = bar.lower, let upper = bar.upper { tip += " " + format.string(lower, upper) }
        var shapes = [
            Shapes.rectangle(
                start + 1, top, barWidth - 2, height, "f\(number)", radius: 1.5, opacity: 0.85, tooltip: tip)
        ]
        if let lower = bar.lower, let upper = bar.upper, lower.isFinite, upper.isFinite {
            let middle = start + barWidth / 2
            shapes.append(Shapes.line(middle, y(lower), middle, y(upper), "thin"))
            shapes.append(Shapes.line(middle - 4, y(lower), middle + 4, y(lower), "thin"))
            shapes.append(Shapes.line(middle - 4, y(upper), middle + 4, y(upper), "thin"))
        }
        return shapes
    }
}
