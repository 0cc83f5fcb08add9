/// Several figures below one another in one drawing, each under its title.
public struct Panels: Chart {
    public let title: String
    public let summary: String
    public let charts: [any Chart]

    public init(title: String, summary: String, _ charts: [any Chart]) {
        self.title = title
        self.summary = summary
        self.charts = charts
    }

    public func drawing(width: Double) -> Drawing {
        var shapes: [Markup] = []
        var top = 0.0
        var widest = width
        for chart in charts {
            let drawing = chart.drawing(width: width)
            shapes.append(Shapes.text(Shapes.fitted(chart.title, to: width - 24), 12, top + 20, style: "b"))
            top += 32
            shapes.append(.node("g", ["transform": "translate(0 \(top.svg))"], drawing.shapes))
            top += drawing.height + 12
            widest = max(widest, drawing.width)
        }
        return Drawing(width: widest, height: max(top, 40), shapes: shapes)
    }
}
