import Foundation
import FoundationXML
import Testing

@testable import LabCharts

/// Every kind of figure with hostile names in it.
private let hostile = "</svg><script>alert('x')</script>\" onload=\"x&y\u{0}\u{1b}"

private var figures: [any Chart] {
    [
        LineChart(
            title: hostile, summary: hostile, xName: hostile, yName: hostile,
            series: [
                .init(hostile, [.init(x: 0, y: 1, lower: 0, upper: 2), .init(x: 1, y: .nan), .init(x: 2, y: 3)]),
                .init("b", []),
            ], references: [.init(hostile, 2)]),
        BarChart(
            title: hostile, summary: hostile, categories: [hostile, "b"],
            series: [(hostile, [.init(0.4, lower: 0.3, upper: 0.5), nil]), ("t", [.init(-0.1), .init(.infinity)])],
            yName: hostile, format: .percent(0)),
        IntervalPlot(
            title: hostile, summary: hostile,
            rows: [
                .init(hostile, value: 1, lower: 0, upper: 2, truth: 1.5),
                .init("unbounded", value: 3, lower: -.infinity, upper: .infinity),
                .init("nothing", value: .nan, lower: .nan, upper: .nan),
            ], xName: hostile, references: [.init(hostile, 0)]),
        ReliabilityChart(
            title: hostile, summary: hostile,
            bins: [.init(confidence: 0.5, share: 0.4, lower: 0.3, upper: 0.5, count: 12)]),
        HeatMap(
            title: hostile, summary: hostile, rowNames: [hostile, "b"], columnNames: ["a", hostile],
            values: [[1, nil], [0, 4]], rowAxis: hostile, columnAxis: hostile),
        SeedPlot(
            title: hostile, summary: hostile,
            rows: [
                .init(hostile, values: [1, 2, .nan], center: 1.5, lower: 0, upper: 3),
                .init("one", values: [2], center: 2, lower: -.infinity, upper: .infinity),
                .init("none", values: [], center: .nan, lower: .nan, upper: .nan),
            ], xName: hostile),
        FrontierPlot(
            title: hostile, summary: hostile,
            points: [
                .init(hostile, cost: 0.02, value: 1, lower: 0, upper: 2, isOnFrontier: true),
                .init("dear", cost: 2_000, value: 3, lower: -.infinity, upper: .infinity),
                .init("free", cost: 0, value: 1), .init("none", cost: 1, value: .nan),
            ], xName: hostile, yName: hostile),
    ]
}

/// Collects elements and character data of a document.
private final class Reader: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var attributes: Set<String> = []
    var text = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes found: [String: String]
    ) {
        elements[name, default: 0] += 1
        attributes.formUnion(found.keys)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

@Suite struct ChartTests {
    @Test(arguments: 0..<7) func everyFigureIsWellFormedAndHarmless(index: Int) {
        let file = figures[index].file()
        let reader = Reader()
        let parser = XMLParser(data: Data(file.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.elements["script"] == nil)
        #expect(!reader.attributes.contains("onload"))
        #expect(reader.text.contains("alert('x')"))
        #expect(reader.elements["title"] ?? 0 >= 1 && reader.elements["desc"] == 1)
        #expect(!file.contains("nan") && !file.contains("inf\""))
    }

    @Test(arguments: 0..<7) func theSameFigureGivesTheSameBytes(index: Int) {
        #expect(figures[index].file() == figures[index].file())
        #expect(figures[index].file() != figures[(index + 1) % 7].file())
    }

    @Test func ticksAreRoundAndCoverTheData() {
        let scale = LinearScale([0.13, 9.7], from: 0, to: 100)
        #expect(scale.ticks == [0, 2, 4, 6, 8, 10])
        #expect(scale.lower == 0 && scale.upper == 10)
        #expect(scale(5) == 50)
        let small = LinearScale([0.001, 0.0042], from: 100, to: 0)
        #expect(small.ticks.first == 0.001 && abs((small.ticks.last ?? 0) - 0.0045) < 1e-12)
        #expect(small.label(0.0015, nil) == "0.0015")
        #expect(small.label(0.0015, .percent(0)) == "0.15 %")
        #expect(LinearScale([3, 3], from: 0, to: 1).contains(3))
        #expect(LinearScale([], from: 0, to: 1).ticks.count > 1)
        #expect(LinearScale([0, 250], from: 0, to: 1, tickTarget: 10, tight: true).upper == 250)
    }

    @Test func costsStandBetweenRoundNumbers() {
        #expect(FrontierPlot.ticks([25, 235]) == [20, 50, 100, 200, 500])
        #expect(FrontierPlot.ticks([0.3]) == [0.2, 0.5])
        #expect(FrontierPlot.ticks([10, 10]) == [10, 20])
        #expect(FrontierPlot.ticks([0.01, 3_000]).first ?? 1 <= 0.01)
        #expect(FrontierPlot.ticks([]) == [1, 10])
    }

    /// Two points at one place: their names do not cover each other.
    @Test func namesOfAFrontierStandApart() {
        let chart = FrontierPlot(
            title: "t", summary: "s",
            points: [
                .init("first", cost: 10, value: 1, isOnFrontier: true), .init("second", cost: 10.1, value: 1.001),
                .init("far", cost: 900, value: 2, isOnFrontier: true),
            ], xName: "x", yName: "y")
        let file = chart.file()
        let places = ["first", "second"].compactMap { name in
            file.split(separator: "<text").first { $0.contains(">\(name)<") }?.prefix { $0 != ">" }
        }
        #expect(places.count == 2 && places[0] != places[1])
    }

    @Test func barsStartAtZero() {
        let chart = BarChart(
            title: "t", summary: "s", categories: ["a"], series: [("x", [.init(50)])], yName: "y", format: .integer)
        let file = chart.file()
        let scaleTop = file.contains(">0</text>")
        #expect(scaleTop, "the vertical axis must show zero")
    }

    @Test func numbersInDrawingsAreShortAndNeverNegativeZero() {
        #expect((-0.001).svg == "0")
        #expect(12.5.svg == "12.5")
        #expect(12.005.svg == "12.01" || 12.005.svg == "12")
        #expect((-3.07).svg == "-3.07")
        #expect(Double.nan.svg == "0")
    }

    @Test func namesThatDoNotFitAreCutAtACharacter() {
        let fitted = Shapes.fitted("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", to: 60)
        #expect(fitted.hasSuffix("…"))
        #expect(fitted.dropLast().allSatisfy { $0 == "👨‍👩‍👧‍👦" })
        #expect(Shapes.fitted("short", to: 60) == "short")
    }
}
