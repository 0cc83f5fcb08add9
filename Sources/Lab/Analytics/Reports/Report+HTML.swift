import Foundation
import LabCharts

extension Report {
    /// The document as one HTML file, UTF-8, without scripts and without anything from elsewhere.
    public func html() -> Data {
        var counter = FigureCounter()
        let anchors = sections.indices.map { "s\($0 + 1)" }
        let parts = zip(sections, anchors).map { section, anchor in
            Markup.node(
                "section", ["id": anchor, "aria-labelledby": anchor + "-h"],
                [.node("h2", ["id": anchor + "-h"], text: section.title)]
                    + section.blocks.map { $0.element(&counter) })
        }
        let contents = Markup.node(
            "nav", ["aria-label": "Contents"],
            [
                .node(
                    "ol", [:],
                    zip(sections, anchors).map { section, anchor in
                        .node("li", [:], [.node("a", ["href": "#" + anchor], text: section.title)])
                    })
            ])
        let head = Markup.node(
            "head", [:],
            [
                .node("meta", ["charset": "utf-8"]),
                .node("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .node("meta", ["name": "color-scheme", "content": "light dark"]),
                // Whatever a text in the report contains, a browser may neither run nor fetch anything.
                .node(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
                    ]),
                .node("title", text: title), ReportStyle.sheet, ChartStyle.sheet,
            ])
        let body = Markup.node(
            "body", [:],
            [
                .node("header", [:], [.node("h1", text: title), .node("p", ["class": "lead"], subtitle.pieces)]),
                .node("div", ["class": "page"], [contents, .node("main", [:], parts)]),
                .node("footer", [:], [.node("p", [:], colophon.pieces)]),
            ])
        let page = Markup.node("html", ["lang": language], [head, body])
        return Data(("<!DOCTYPE html>\n" + page.written(as: .html) + "\n").utf8)
    }
}

/// Gives every figure of a page a number, and with it ids of its own.
struct FigureCounter {
    private(set) var figures = 0

    mutating func next() -> Int {
        figures += 1
        return figures
    }
}

extension ReportBlock {
    func element(_ counter: inout FigureCounter) -> Markup {
        switch self {
        case .paragraph(let prose): return .node("p", [:], prose.pieces)
        case .heading(let text): return .node("h3", text: text)
        case .list(let items): return .node("ul", [:], items.map { .node("li", [:], $0.pieces) })
        case .note(let prose): return .node("p", ["class": "note", "role": "note"], prose.pieces)
        case .verdict(let verdict): return verdict.element
        case .keyFigures(let figures): return .node("dl", ["class": "figures"], figures.map(\.element))
        case .table(let table): return table.element
        case .chart(let chart, let caption): return Self.figure([chart], caption, &counter)
        case .charts(let charts, let caption): return Self.figure(charts, caption, &counter)
        case .details(let summary, let blocks):
            return .node(
                "details", [:], [.node("summary", text: summary)] + blocks.map { $0.element(&counter) })
        }
    }

    private static func figure(_ charts: [any Chart], _ caption: Prose, _ counter: inout FigureCounter) -> Markup {
        let panels = charts.map { chart -> Markup in
            let number = counter.next()
            return .node(
                "div", ["class": "panel"],
                [
                    .node("p", ["class": "figure-title", "aria-hidden": "true"], text: chart.title),
                    chart.element(identifier: "figure-\(number)", width: charts.count > 1 ? 400 : 720),
                ])
        }
        return .node(
            "figure", [:],
            [.node("div", ["class": "panels"], panels), .node("figcaption", [:], caption.pieces)])
    }
}

extension ReportVerdict {
    var element: Markup {
        .node(
            "div", ["class": "verdict \(tone.rawValue)"],
            [
                .node("p", ["class": "question"], text: question),
                .node(
                    "p", ["class": "answer"],
                    [.node("span", ["class": "sign", "aria-hidden": "true"], text: tone.sign), .text(answer)]),
                .node("ul", [:], reasons.map { .node("li", [:], $0.pieces) }),
            ])
    }
}

extension KeyFigure {
    var element: Markup {
        var children: [Markup] = [
            .node("dt", text: name), .node("dd", ["class": "value"], text: value),
        ]
        if let interval { children.append(.node("dd", ["class": "interval"], text: interval)) }
        if let remark {
            children.append(
                .node("dd", ["class": "remark"], [tone == .neutral ? .text(remark) : tone.badge(remark)]))
        }
        return .node("div", [:], children)
    }
}
