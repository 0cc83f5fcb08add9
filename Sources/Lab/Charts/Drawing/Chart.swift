/// A figure that writes itself as SVG: the same values give the same bytes.
///
/// Colours come from style-sheet variables, so that one figure serves light and dark pages and print; series differ by
/// dash and marker as well as by colour.
public protocol Chart: Sendable {
    /// One line above the figure; also its accessible name.
    var title: String { get }
    /// What the figure shows in a sentence or two, for readers who do not see it.
    var summary: String { get }
    /// The drawing without title: its height follows from its content.
    func drawing(width: Double) -> Drawing
}

/// Shapes in a coordinate system whose origin is the upper left corner; unit: CSS pixel.
public struct Drawing: Sendable, Equatable {
    public let width: Double
    public let height: Double
    public let shapes: [Markup]

    public init(width: Double, height: Double, shapes: [Markup]) {
        self.width = width
        self.height = height
        self.shapes = shapes
    }
}

extension Chart {
    /// The figure as an `svg` element for a page that carries `ChartStyle.sheet`.
    ///
    /// - Parameter identifier: prefix of the element ids, unique on the page.
    public func element(identifier: String, width: Double = 720) -> Markup {
        svg(identifier: identifier, width: width, extra: [])
    }

    /// The figure as an SVG file of its own, with its style sheet inside.
    public func file(width: Double = 720) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + svg(identifier: "figure", width: width, extra: [ChartStyle.standalone, ChartStyle.sheet])
            .written(as: .xml) + "\n"
    }

    private func svg(identifier: String, width: Double, extra: [Markup]) -> Markup {
        let drawing = drawing(width: width)
        let size = "0 0 \(drawing.width.svg) \(drawing.height.svg)"
        return .node(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "lab-chart", "viewBox": size, "role": "img",
                "aria-labelledby": "\(identifier)-title \(identifier)-summary", "width": drawing.width.svg,
                "height": drawing.height.svg,
            ],
            extra + [
                .node("title", ["id": "\(identifier)-title"], text: title),
                .node("desc", ["id": "\(identifier)-summary"], text: summary),
            ] + drawing.shapes)
    }
}
