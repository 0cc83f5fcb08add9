/// Lines over a numeric axis, each with an optional band: learning curves, figures over time or over a dose.
public struct LineChart: Chart {
    /// One point; `lower` and `upper` bound the band there.
    public struct Point: Sendable, Equatable {
        public let x: Double
        public let y: Double
        public let lower: Double?
        public let upper: Double?

        public init(x: Double, y: Double, lower: Double? = nil, upper: Double? = nil) {
            self.x = x
            self.y = y
            self.lower = lower
            self.upper = upper
        }
    }

    /// A named line; points are drawn in the order of `x`.
    public struct Series: Sendable, Equatable {
        public let name: String
        public let points: [Point]

        public init(_ name: String, _ points: [Point]) {
            self.name = name
            self.points = points.filter { $0.x.isFinite && $0.y.isFinite }.sorted { $0.x < $1.x }
        }
    }

    /// A horizontal line for comparison.
    public struct Reference: Sendable, Equatable {
        public let name: String
        public let value: Double

        public init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    public let title: String
    public let summary: String
    public let xName: String
    public let yName: String
    public let series: [Series]
    public var references: [Reference]
    public var format: NumberFormat?
    /// Whether the vertical axis must show zero.
    public var includesZero: Bool

    public init(
        title: String, summary: String, xName: String, yName: String, series: [Series], references: [Reference] = [],
        format: NumberFormat? = nil, includesZero: Bool = false
    ) {
        self.title = title
        self.summary = summary
        self.xName = xName
        self.yName = yName
        self.series = series
        self.references = references
        self.format = format
        self.includesZero = includesZero
    }

    public func drawing(width: Double) -> Drawing {
        let (legend, legendHeight) = Legend.shapes(series.map(\.name), left: 8, top: 4, width: width - 16, lines: true)
        let top = legendHeight + 32
        let plotHeight = 250.0
        let points = series.flatMap(\.points)
        let y = LinearScale(
            points.flatMap { [$0.y, $0.lower ?? $0.y, $0.upper ?? $0.y] } + references.map(\.value),
            including: includesZero ? [0] : [], from: top + plotHeight, to: top)
        let labels = y.ticks.map { Shapes.width(of: y.label($0, format)) }.max() ?? 0
        let left = labels + 20
        // Room for half of the last label.
        let right = width - 30
        let x = LinearScale(points.map(\.x), from: left, to: right, tickTarget: 7, tight: true)
        let frame = Frame(x: x, y: y, left: left, right: right, top: top, bottom: top + plotHeight)

        var shapes = legend + frame.verticalAxis(name: yName, format: format)
        shapes += frame.horizontalAxis(name: xName, format: nil)
        for reference in references {
            shapes.append(Shapes.line(left, y(reference.value), right, y(reference.value), "ref"))
            shapes.append(Shapes.text(reference.name, right - 4, y(reference.value) - 6, anchor: .end, style: "m s"))
        }
        for (index, line) in series.enumerated() {
            shapes += drawn(line, number: ChartStyle.number(index), x: x, y: y)
        }
        return Drawing(width: width, height: top + plotHeight + 46, shapes: shapes)
    }

    private func drawn(_ line: Series, number: Int, x: LinearScale, y: LinearScale) -> [Markup] {
        var shapes: [Markup] = []
        let banded = line.points.filter { $0.lower?.isFinite == true && $0.upper?.isFinite == true }
        if banded.count > 1 {
            let upper = banded.map { (x($0.x), y($0.upper ?? $0.y)) }
            let lower = banded.reversed().map { (x($0.x), y($0.lower ?? $0.y)) }
            shapes.append(Shapes.polygon(upper + lower, "band f\(number)"))
        }
        shapes.append(Shapes.polyline(line.points.map { (x($0.x), y($0.y)) }, "line s\(number) d\(number)"))
        // Markers tell the lines apart without colour; on a dense line they would hide it.
        if line.points.count <= 40 {
            for point in line.points {
                let tip = "\(line.name): \(NumberFormat.significant(4).string(point.y)) at \(point.x.svg)"
                shapes.append(Shapes.marker(number, x(point.x), y(point.y), size: 3.5, tooltip: tip))
            }
        }
        return shapes
    }
}
