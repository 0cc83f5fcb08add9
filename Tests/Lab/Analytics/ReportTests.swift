import Foundation
import LabCharts
import Testing

@testable import LabAnalytics

@Suite struct ReportTests {
    private func page(_ blocks: [ReportBlock], title: String = "T") -> String {
        String(decoding: Report(title: title, sections: [ReportSection(title, blocks)]).html(), as: UTF8.self)
    }

    @Test func hostileTextStaysText() {
        let bad = "<img src=x onerror=alert(1)>'\"&\u{0}</style></title>"
        let table = ReportTable(
            caption: Prose(bad), columns: [.init(bad), .init(bad)],
            rows: [[.text(bad), .code(bad)], [.mark(.bad, bad), .missing]])
        let chart = HeatMap(
            title: bad, summary: bad, rowNames: [bad], columnNames: [bad], values: [[1]], rowAxis: bad, columnAxis: bad)
        let html = page(
            [
                .paragraph("\(bad) \(strong: bad) \(code: bad) \(emphasis: bad)"), .heading(bad), .list([Prose(bad)]),
                .note(Prose(bad)), .verdict(.init(tone: .bad, question: bad, answer: bad, reasons: [Prose(bad)])),
                .keyFigures([.init(bad, value: bad, interval: bad, remark: bad, tone: .good)]), .table(table),
                .chart(chart, caption: Prose(bad)), .details(summary: bad, [.paragraph(Prose(bad))]),
            ], title: bad)
        #expect(!html.contains("<img"))
        #expect(!html.contains("\u{0}"))
        #expect(html.components(separatedBy: "</style>").count == 3, "only the two style sheets of its own")
        #expect(html.components(separatedBy: "<title>").count >= 2)
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;"))
    }

    @Test func nothingIsFetchedAndNothingRuns() {
        let line = LineChart(
            title: "l", summary: "s", xName: "x", yName: "y",
            series: [.init("a", [.init(x: 0, y: 0), .init(x: 1, y: 1)])])
        let html = page([.charts([line, line], caption: "two"), .paragraph("see https://example.org")])
        for forbidden in ["<script", "<link", "url(", "@import", "src=", "href=\"http"] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
        #expect(html.contains("default-src 'none'") || html.contains("default-src &#39;none&#39;"))
    }

    @Test func identifiersAreUniqueAndReferencesResolve() {
        let line = LineChart(title: "l", summary: "s", xName: "x", yName: "y", series: [])
        let html = page([.charts([line, line], caption: ""), .chart(line, caption: "")])
        let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(ids.count == Set(ids).count)
        #expect(ids.contains("figure-3-title"))
        for reference in html.matches(of: /(?:aria-labelledby|href)="#?([^"]+)"/) {
            for name in reference.1.split(separator: " ") { #expect(ids.contains(String(name))) }
        }
    }

    @Test func theSameReportGivesTheSameBytes() {
        #expect(page([.paragraph("a")]) == page([.paragraph("a")]))
    }

    @Test func numericColumnsAlignRightAndCellsKeepTheirFormat() {
        let table = ReportTable(
            caption: "c", columns: [.init("name"), .init("share", .percent(1))],
            rows: [[.text("a"), .estimate(0.1234, lower: 0.1, upper: 0.15)], [.text("b"), .missing]])
        let html = table.element.written(as: .html)
        #expect(html.contains("<th scope=\"col\" class=\"n\">share</th>"))
        #expect(html.contains("12.3 % <span class=\"interval\">[10.0, 15.0] %</span>"))
        #expect(html.contains("<th scope=\"row\">a</th>"))
    }

    @Test func numbersAreWrittenForPeople() {
        #expect(NumberFormat.fixed(2).string(-1234.5) == "−1,234.50")
        #expect(NumberFormat.fixed(1).string(-0.04) == "0.0")
        #expect(NumberFormat.integer.string(1_234_567) == "1,234,567")
        #expect(NumberFormat.percent(1).string(0.1234) == "12.3 %")
        #expect(NumberFormat.significant(3).string(0.012345) == "0.0123")
        #expect(
            NumberFormat.significant(3).string(1234.5) == "1,234"
                || NumberFormat.significant(3).string(1234.5) == "1,235")
        #expect(NumberFormat.significant(2).string(3e-7) == "3.0e−07")
        #expect(NumberFormat.fixed(2).string(.nan) == "–")
        #expect(NumberFormat.fixed(1).string(-1, 2) == "[−1.0, 2.0]")
    }
}
