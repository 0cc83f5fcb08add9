import LabCharts

/// A document that is read from top to bottom: an answer first, then the evidence.
///
/// It becomes one HTML file without scripts and without anything fetched from elsewhere, readable on paper, in light and
/// in dark, by eye or by screen reader.
public struct Report: Sendable {
    public var title: String
    /// A line below the title.
    public var subtitle: Prose
    /// Small print at the end: what made the report.
    public var colophon: Prose
    /// BCP 47 tag of the text.
    public var language: String
    public var sections: [ReportSection]

    public init(
        title: String, subtitle: Prose = "", colophon: Prose = "", language: String = "en",
        sections: [ReportSection] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.colophon = colophon
        self.language = language
        self.sections = sections
    }
}

/// A part of a report with a heading, reachable from the table of contents.
public struct ReportSection: Sendable {
    public var title: String
    public var blocks: [ReportBlock]

    public init(_ title: String, _ blocks: [ReportBlock]) {
        self.title = title
        self.blocks = blocks
    }
}

/// What a section is made of.
public enum ReportBlock: Sendable {
    case paragraph(Prose)
    /// A heading inside a section.
    case heading(String)
    case list([Prose])
    /// The headline answer, in a frame: a word, a sentence and the reasons.
    case verdict(ReportVerdict)
    /// Remarks set apart from the text.
    case note(Prose)
    /// Large figures side by side.
    case keyFigures([KeyFigure])
    case table(ReportTable)
    /// A figure with its caption.
    case chart(any Chart, caption: Prose)
    /// Two or more figures side by side where the page is wide enough.
    case charts([any Chart], caption: Prose)
    /// Content that opens on request; printed open.
    case details(summary: String, [ReportBlock])
}

/// How something turned out, always said by word and sign as well as by colour.
public enum ReportTone: String, Sendable, Hashable, CaseIterable {
    case good
    case caution
    case bad
    case neutral

    var sign: String {
        switch self {
        case .good: "✓"
        case .caution: "!"
        case .bad: "✕"
        case .neutral: "·"
        }
    }
}

/// The answer to the question that the report exists for.
public struct ReportVerdict: Sendable {
    public var tone: ReportTone
    public var question: String
    public var answer: String
    public var reasons: [Prose]

    public init(tone: ReportTone, question: String, answer: String, reasons: [Prose]) {
        self.tone = tone
        self.question = question
        self.answer = answer
        self.reasons = reasons
    }
}

/// One large figure with its interval and what it is compared with.
public struct KeyFigure: Sendable {
    public var name: String
    public var value: String
    public var interval: String?
    public var remark: String?
    public var tone: ReportTone

    public init(
        _ name: String, value: String, interval: String? = nil, remark: String? = nil, tone: ReportTone = .neutral
    ) {
        self.name = name
        self.value = value
        self.interval = interval
        self.remark = remark
        self.tone = tone
    }
}
