import Foundation

/// What each of several ways costs and how good it is: points over a logarithmic axis of cost, and the line of those that no
/// other beats in both.
public struct FrontierPlot: Chart {
    /// One way of doing it.
    public struct Point: Sendable, Equatable {
        public let name: String
        /// Above 0; what is not, or not finite, is not drawn.
        public let cost: Double
        public let value: Double
        /// Bounds of the value; drawn where both are finite.
        public let lower: Double
        public let upper: Double
        /// Whether no other point is as cheap and better, or as good and cheaper.
        public let isOnFrontier: Bool

        public init(
            _ name: String, cost: Double, value: Double, lower: Double = .nan, upper: Double = .nan,
            isOnFrontier: Bool = false
        ) {
            self.name = name
            self.cost = cost
            self.value = value
            self.lower = lower
            self.upper = upper
            self.isOnFrontier = isOnFrontier
        }

        var hasInterval: Bool { lower.isFinite && upper.isFinite }
    }

    public let title: String
    public let summary: String
    /// In ascending order of cost.
    public let points: [Point]
    public let xName: String
    public let yName: String

    public init(title: String, summary: String, points: [Point], xName: String, yName: String) {
        self.title = title
        self.summary = summary
        self.points = points.filter { $0.cost > 0 && $0.cost.isFinite && $0.value.isFinite }
            .sorted { ($0.cost, $0.value, $0.name) < ($1.cost, $1.value, $1.name) }
        self.xName = xName
        self.yName = yName
    }

    public func drawing(width: Double) -> Drawing {
        let (top, height) = (32.0, 260.0)
        let y = LinearScale(
            points.flatMap { $0.hasInterval ? [$0.value, $0.lower, $0.upper] : [$0.value] }, from: top + height, to: top
        )
        let left = (y.ticks.map { Shapes.width(of: y.label($0, nil)) }.max() ?? 0) + 20
        let ticks = Self.ticks(points.map(\.cost))
        let x = LinearScale(
            [ticks.first ?? 1, ticks.last ?? 10].map(log10), from: left + 14, to: width - 40, tight: true)
        let frame = Frame(x: nil, y: y, left: left, right: width - 20, top: top, bottom: top + height)

        var shapes = frame.verticalAxis(name: yName, format: nil)
        shapes.append(Shapes.line(frame.left, frame.bottom, frame.right, frame.bottom, "axis"))
        for tick in ticks {
            let place = x(log10(tick))
            shapes.append(Shapes.line(place, frame.bottom, place, frame.bottom + 4, "axis"))
            shapes.append(
                Shapes.text(
                    NumberFormat.significant(1).string(tick), place, frame.bottom + 18, anchor: .middle, style: "m"))
        }
        shapes.append(
            Shapes.text(xName, (frame.left + frame.right) / 2, frame.bottom + 36, anchor: .middle, style: "m"))
        let places = points.map { (x: x(log10($0.cost)), y: y($0.value)) }
        shapes.append(Shapes.polyline(staircase(places, to: frame.right), "line s1"))
        var labels = Labels(right: frame.right, taken: places.map { Labels.around($0.x, $0.y) })
        for (point, place) in zip(points, places) {
            if point.hasInterval {
                shapes.append(Shapes.line(place.x, y(point.lower), place.x, y(point.upper), "thin"))
            }
            let tip =
                "\(point.name): \(NumberFormat.significant(4).string(point.value)) for "
                + NumberFormat.significant(3).string(point.cost)
            shapes.append(Shapes.marker(point.isOnFrontier ? 1 : 5, place.x, place.y, size: 4.5, tooltip: tip))
            shapes.append(labels.text(point.name, place.x, place.y))
        }
        return Drawing(width: width, height: top + height + 46, shapes: shapes)
    }

    /// From one point of the frontier to the next: what is reached for a cost stays reached.
    private func staircase(_ places: [(x: Double, y: Double)], to right: Double) -> [(Double, Double)] {
        var line: [(Double, Double)] = []
        for (point, place) in zip(points, places) where point.isOnFrontier {
            if let last = line.last { line.append((place.x, last.1)) }
            line.append((place.x, place.y))
        }
        if let last = line.last { line.append((right, last.1)) }
        return line
    }

    /// 1, 2 and 5 times powers of ten, from below the least to above the largest.
    static func ticks(_ costs: [Double]) -> [Double] {
        guard let low = costs.min(), let high = costs.max() else { return [1, 10] }
        let powers = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        let all = powers.flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
        let first = all.lastIndex { $0 <= low } ?? 0
        let last = max(all.firstIndex { $0 >= high } ?? all.count - 1, first + 1)
        let chosen = Array(all[first...min(last, all.count - 1)])
        guard chosen.count > 10 else { return chosen }
        return powers.map { pow(10, Double($0)) }
    }
}

/// Names beside points, each where it covers nothing that is there already.
private struct Labels {
    struct Box {
        let left, top, right, bottom: Double

        func overlaps(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    let right: Double
    var taken: [Box]

    static func around(_ x: Double, _ y: Double) -> Box { Box(left: x - 6, top: y - 6, right: x + 6, bottom: y + 6) }

    mutating func text(_ name: String, _ x: Double, _ y: Double) -> Markup {
        let width = Shapes.width(of: name)
        let places: [(Double, Double)] = [
            (x + 10, y + 4), (x - 10 - width, y + 4), (x + 8, y - 10), (x + 8, y + 20), (x - 8 - width, y - 10),
            (x - 8 - width, y + 20),
        ]
        func box(_ place: (Double, Double)) -> Box {
            Box(left: place.0, top: place.1 - 11, right: place.0 + width, bottom: place.1 + 3)
        }
        let free = places.first { place in
            place.0 >= 0 && place.0 + width <= right && !taken.contains(where: box(place).overlaps)
        }
        let place = free ?? places[0]
        taken.append(box(place))
        return Shapes.text(name, place.0, place.1)
    }
}
