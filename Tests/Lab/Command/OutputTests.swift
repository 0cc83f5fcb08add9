import LabRuns
import LabStatistics
import Testing

@testable import LabCommand

@Suite struct OutputTests {
    @Test func columnsStandUnderEachOtherWithWideCharacters() {
        let table = TextTable(
            ["name", "n"], rows: [["日本語", "7"], ["naïve", "12"], ["👍🏽 ok", "1"], ["e\u{301}", "3"]])
        let widths = table.lines.map(TextTable.width)
        #expect(widths == Array(repeating: widths[0], count: 6) || table.lines[0].hasPrefix("name"))
        for line in table.lines.dropFirst(2) { #expect(TextTable.width(line) == widths[1], "\(line)") }
        #expect(TextTable.width("日本語") == 6)
        #expect(TextTable.width("👍🏽") == 2)
        #expect(TextTable.width("e\u{301}") == 1)
        #expect(TextTable.clipped("日本語", to: 5) == "日本…")
    }

    @Test func numbersAreShort() {
        #expect(FigureText.number(0.71234567) == "0.7123")
        #expect(FigureText.number(38.58123) == "38.58")
        #expect(FigureText.number(1200) == "1200")
        #expect(FigureText.number(-0.5) == "-0.5000")
        #expect(FigureText.number(1.23456e-7) == "1.235e-07")
        #expect(FigureText.number(.nan) == "–")
        let figure = Figure("f", 0.5, interval: Interval(lower: 0.4, upper: 0.6, level: 0.95), unit: "EUR")
        #expect(FigureText.value(figure) == "0.5000 [0.4000, 0.6000] EUR")
    }

    @Test func theBarIsAsFullAsTheFraction() {
        #expect(ProgressDisplay.bar(0.5, width: 4) == "██░░")
        #expect(ProgressDisplay.bar(0, width: 2) == "░░")
        #expect(ProgressDisplay.time(125) == "2 min 05 s")
    }
}
