import Foundation
import LabRuns
import LabTestKit
import Testing

/// What the front page says of readers is what the kept studies say.
@Suite("Kept studies of readers")
struct KeptReadersTests {
    private static let kept = Checkout.root.appending(path: "Benchmarks/kept")

    private static let studies = ((try? Workspace(kept).entries()) ?? []).map(\.reference).filter {
        $0.hasPrefix("study/language/")
    }

    /// Means over the seeds in hundredths with Student's intervals; without one where no seed changes anything.
    @Test("Every measure of a study stands in the front page's table", arguments: studies)
    func frontPage(_ reference: String) throws {
        let study = try Workspace(Self.kept).run(reference)
        let measure = reference.contains("emotion") ? "macroF1" : "macroRecall"
        let figures = [measure] + ["ngrams", "frozen", "tuned"].map { "\(measure).\($0)" }
        let text = try String(contentsOf: study.artifact("table.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let head = try #require(lines.first).map(String.init)
        let places = try ["figure", "mean", "t lower", "t upper"].map { try #require(head.firstIndex(of: $0)) }
        let page = try String(contentsOf: Checkout.root.appending(path: "README.md"), encoding: .utf8)
        var checked = 0
        for line in lines.dropFirst() where line.count == head.count && figures.contains(String(line[places[0]])) {
            let numbers = try places[1...].map { 100 * (try #require(Double(line[$0]))) }
            let words = numbers.map { String(format: "%.1f", $0) }
            let isFixed = numbers[2] - numbers[1] < 1e-7
            let shown = isFixed ? "| \(words[0]) |" : "| \(words[0]) [\(words[1]), \(words[2])] |"
            #expect(page.contains(shown), "\(reference): \(line.prefix(3)): \(shown)")
            checked += 1
        }
        #expect(checked >= 1)
    }

    /// Texts of the corpora are nobody's to publish.
    @Test("No kept reader shows a text of the corpora")
    func texts() throws {
        let workspace = Workspace(Self.kept)
        let tasks = ["language/emotion", "language/sentiment"]
        for entry in try workspace.entries() where tasks.contains(entry.experiment) {
            let evaluation = try workspace.run(entry.reference).evaluation
            for name in ["confusions", "surestErrors"] {
                #expect(evaluation.table(name)?.columns.contains("text") != true, "\(entry.reference): \(name)")
            }
        }
    }
}
