/// The look of every figure: one place for colours, type and strokes.
public enum ChartStyle {
    /// How many series have a colour, a dash and a marker of their own; more repeat them.
    public static let seriesCount = 6

    /// Class names only; the colours themselves are variables of the page (`ReportStyle`) or of `standalone`.
    public static let sheet: Markup = .style(
        Markup.StaticText(
            """
            .lab-chart{max-width:100%;height:auto;display:block;font:12px/1.2 system-ui,-apple-system,"Segoe UI",\
            "Helvetica Neue",Arial,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}\
            .lab-chart text{fill:var(--lab-ink)}.lab-chart .m{fill:var(--lab-muted)}.lab-chart .s{font-size:11px}\
            .lab-chart .b{font-weight:600}.lab-chart .end{text-anchor:end}.lab-chart .mid{text-anchor:middle}\
            .lab-chart .grid{stroke:var(--lab-grid);stroke-width:1}\
            .lab-chart .axis{stroke:var(--lab-muted);stroke-width:1}\
            .lab-chart .ref{stroke:var(--lab-muted);stroke-width:1.25;stroke-dasharray:4 3}\
            .lab-chart .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\
            .lab-chart .whisker{stroke-width:2}.lab-chart .thin{stroke-width:1.25;stroke:var(--lab-ink)}\
            .lab-chart .band{stroke:none;fill-opacity:.16}.lab-chart .hollow{fill:var(--lab-paper)}\
            .lab-chart .shade{fill:var(--lab-row)}.lab-chart .onfill{fill:var(--lab-paper)}\
            .lab-chart .f1{fill:var(--lab-1)}.lab-chart .f2{fill:var(--lab-2)}.lab-chart .f3{fill:var(--lab-3)}\
            .lab-chart .f4{fill:var(--lab-4)}.lab-chart .f5{fill:var(--lab-5)}.lab-chart .f6{fill:var(--lab-6)}\
            .lab-chart .s1{stroke:var(--lab-1)}.lab-chart .s2{stroke:var(--lab-2)}\
            .lab-chart .s3{stroke:var(--lab-3)}.lab-chart .s4{stroke:var(--lab-4)}\
            .lab-chart .s5{stroke:var(--lab-5)}.lab-chart .s6{stroke:var(--lab-6)}\
            .lab-chart .d2{stroke-dasharray:7 4}.lab-chart .d3{stroke-dasharray:2 4}\
            .lab-chart .d4{stroke-dasharray:9 3 2 3}.lab-chart .d5{stroke-dasharray:12 5}\
            .lab-chart .d6{stroke-dasharray:4 2}
            """))

    /// Variables for an SVG file that stands alone.
    static let standalone: Markup = .style(
        Markup.StaticText(
            """
            svg{--lab-ink:#1b1f24;--lab-muted:#5b6570;--lab-grid:#e3e6ea;--lab-paper:#fff;--lab-row:#f4f6f8;\
            --lab-1:#0b5fa5;--lab-2:#b8480a;--lab-3:#007a5a;--lab-4:#87408c;--lab-5:#7d5f00;--lab-6:#525a63;\
            background:#fff}@media(prefers-color-scheme:dark){svg{--lab-ink:#e8eaed;--lab-muted:#a3adb8;\
            --lab-grid:#333a43;--lab-paper:#15181c;--lab-row:#1d2127;--lab-1:#6db6f2;--lab-2:#ff9a5c;\
            --lab-3:#4fd1a5;--lab-4:#d79be0;--lab-5:#e3c04d;--lab-6:#bcc4cd;background:#15181c}}
            """))

    /// The 1-based style number of a series.
    static func number(_ series: Int) -> Int { series % seriesCount + 1 }
}
