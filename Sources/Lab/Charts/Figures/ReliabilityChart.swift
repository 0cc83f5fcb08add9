/// Predicted probability against observed share, with intervals and the number of cases: is the confidence earned?
public struct ReliabilityChart: Chart {
    /// The cases whose predicted probability falls into one range.
    public struct Bin: Sendable, Equatable {
        /// Mean predicted probability, in 0…1.
        public let confidence: Double
        /// Observed share, in 0…1.
        public let share: Double
        public let lower: Double
        public let upper: Double
        public let count: Int

        public init(confidence: Double, share: Double, lower: Double, upper: Double, count: Int) {
            self.confidence = confidence
            self.share = share
            self.lower = lower
            self.upper = upper
            self.count = count
        }
    }

    public let title: String
    public let summary: String
    public let bins: [Bin]
    public var xName: String
    public var yName: String

    public init(
        title: String, summary: String, bins: [Bin], xName: String = "stated confidence",
        yName: String = "share that was right"
    ) {
        self.title = title
        self.summary = summary
        self.bins = bins.filter { $0.count > 0 }
        self.xName = xName
        self.yName = yName
    }

    public func drawing(width: Double) -> Drawing {
        let side = min(340, width - 90)
        let left = 64.0
        let top = 32.0
        let bottom = top + side
        let x = LinearScale([0, 1], from: left, to: left + side)
        let y = LinearScale([0, 1], from: bottom, to: top)
        let frame = Frame(x: nil, y: y, left: left, right: left + side, top: top, bottom: bottom)
        let strip = 56.0

        var shapes = frame.verticalAxis(name: yName, format: .percent(0))
        shapes.append(Shapes.line(x(0), y(0), x(1), y(1), "ref"))
        shapes.append(
            Shapes.text("as stated", x(0.9), y(0.9) - 10, anchor: .end, style: "m s"))
        for bin in bins {
            shapes.append(Shapes.line(x(bin.confidence), y(bin.lower), x(bin.confidence), y(bin.upper), "whisker s1"))
        }
        shapes.append(
            Shapes.polyline(
                bins.sorted { $0.confidence < $1.confidence }.map { (x($0.confidence), y($0.share)) }, "line s1"))
        let largest = Double(bins.map(\.count).max() ?? 1)
        let base = bottom + 12 + strip
        for bin in bins {
            let tip =
                "stated \(NumberFormat.percent(0).string(bin.confidence)), right "
                + "\(NumberFormat.percent(0).string(bin.share)) of \(bin.count)"
            shapes.append(Shapes.marker(1, x(bin.confidence), y(bin.share), size: 4, tooltip: tip))
            let height = Double(bin.count) / largest * strip
            shapes.append(
                Shapes.rectangle(x(bin.confidence) - 7, base - height, 14, height, "f6", radius: 1, opacity: 0.55))
        }
        shapes.append(Shapes.line(left, base, left + side, base, "axis"))
        shapes.append(Shapes.text("cases", left - 8, base - strip / 2 + 4, anchor: .end, style: "m s"))
        for tick in x.ticks {
            shapes.append(Shapes.line(x(tick), base, x(tick), base + 4, "axis"))
            shapes.append(Shapes.text(x.label(tick, .percent(0)), x(tick), base + 18, anchor: .middle, style: "m"))
        }
        shapes.append(Shapes.text(xName, left + side / 2, base + 36, anchor: .middle, style: "m"))
        return Drawing(width: left + side + 26, height: base + 46, shapes: shapes)
    }
}
