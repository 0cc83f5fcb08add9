import Foundation
import LabCharts
import LabRuns

extension ReportFile {
    /// For a pull request or a summary page: outcome, cases, then the sections.
    var markdown: String {
        let bad = cases.count { if case .passed = $0.outcome { false } else { true } }
        var text = "## \(MarkdownText.escaped(title)): "
        text += bad == 0 ? "\(cases.count) passed\n" : "\(bad) of \(cases.count) not passed\n"
        if !cases.isEmpty {
            text += "\n"
            text += MarkdownText.table(
                ["", "case", "seconds", "result"],
                cases.map { found in
                    let seconds = found.seconds.map { String(format: "%.1f", $0) } ?? ""
                    switch found.outcome {
                    case .passed: return ["✓", found.name, seconds, "passed"]
                    case .failed(let what): return ["✗", found.name, seconds, what]
                    case .broken(let what): return ["✗", found.name, seconds, "error: " + what]
                    }
                }, numeric: [false, false, true, false])
        }
        for section in sections { text += "\n### \(MarkdownText.escaped(section.title))\n\n\(section.markdown)" }
        return text
    }

    /// JUnit's XML as CI services read it: testsuites, one testsuite, a testcase each.
    ///
    /// Source: the schema that Jenkins's xunit plugin publishes (`junit-10.xsd`); seconds with three digits.
    var junit: String {
        let failures = cases.count { if case .failed = $0.outcome { true } else { false } }
        let errors = cases.count { if case .broken = $0.outcome { true } else { false } }
        let seconds = Self.seconds(cases.reduce(0) { $0 + ($1.seconds ?? 0) })
        let suite = Markup.node(
            "testsuite",
            [
                "name": title, "tests": "\(cases.count)", "failures": "\(failures)", "errors": "\(errors)",
                "skipped": "0",
                "time": seconds,
            ], cases.map { element($0) })
        let suites = Markup.node(
            "testsuites",
            [
                "name": "labctl", "tests": "\(cases.count)", "failures": "\(failures)", "errors": "\(errors)",
                "time": seconds,
            ], [suite])
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + suites.written(as: .xml) + "\n"
    }

    private func element(_ found: Case) -> Markup {
        var children: [Markup] = []
        if !found.properties.isEmpty {
            children.append(
                .node(
                    "properties", [:],
                    found.properties.map { .node("property", ["name": $0.name, "value": $0.value]) }))
        }
        switch found.outcome {
        case .passed: break
        case .failed(let what): children.append(.node("failure", ["message": what, "type": "failure"], text: what))
        case .broken(let what): children.append(.node("error", ["message": what, "type": "error"], text: what))
        }
        return .node(
            "testcase", ["classname": title, "name": found.name, "time": Self.seconds(found.seconds ?? 0)], children)
    }

    private static func seconds(_ seconds: Double) -> String { String(format: "%.3f", max(0, seconds)) }
}
