import ArgumentParser
import Foundation
import LabExperimentTestKit
import LabRuns
import LabTestKit
import Testing

@testable import LabCommand

/// Reports for CI: well formed whatever stands in them, and without secrets.
@Suite struct ReportFileTests {
    private static let hostile = "</testcase> & \"quoted\" | `x` <b>\n\u{1}\u{0} ünïcode 🙂 ]]>"

    private func report() -> ReportFile {
        var report = ReportFile("labctl " + Self.hostile)
        report.add("passes", .passed, seconds: 1.25, properties: [("f1 " + Self.hostile, "0.5 [0.4, 0.6]")])
        report.add(Self.hostile, .failed("differs: " + Self.hostile), seconds: 0.5)
        report.add("breaks", .broken("the secret is hunter22&more"))
        report.add(section: Self.hostile, TextTable(["a|b"], rows: [[Self.hostile]]))
        return report
    }

    private func options(_ folder: TemporaryFolder) throws -> ReportOptions {
        try ReportOptions.parse([
            "--md", folder.url.appending(path: "r.md").path, "--junit", folder.url.appending(path: "r.xml").path,
        ])
    }

    @Test func junitIsWellFormedAndCounts() throws {
        let folder = try TemporaryFolder()
        try report().write(
            options(folder), masking: SecretMask(environment: ["API_TOKEN": "hunter22&more", "KEY": "12"]))
        let reader = try Reader(folder.url.appending(path: "r.xml").path)
        #expect(reader.names.prefix(3) == ["testsuites", "testsuite", "testcase"])
        #expect(reader.attributes[1]["tests"] == "3" && reader.attributes[1]["failures"] == "1")
        #expect(reader.attributes[1]["errors"] == "1" && reader.attributes[1]["time"] == "1.750")
        #expect(reader.names.count { $0 == "failure" } == 1 && reader.names.count { $0 == "error" } == 1)
        let markdown = try String(contentsOf: folder.url.appending(path: "r.md"), encoding: .utf8)
        let xml = try String(contentsOf: folder.url.appending(path: "r.xml"), encoding: .utf8)
        for text in [markdown, xml] {
            #expect(!text.contains("hunter22") && text.contains("***"))
        }
        #expect(!markdown.contains("<b>") && markdown.contains("2 of 3 not passed"))
    }

    @Test(.enabled(if: ClientPython.isInstalled)) func pythonReadsJUnit() throws {
        let folder = try TemporaryFolder()
        try report().write(options(folder))
        let script = """
            import sys, xml.etree.ElementTree as E
            root = E.parse(sys.argv[1]).getroot()
            assert root.tag == "testsuites", root.tag
            suite = root.find("testsuite")
            cases = suite.findall("testcase")
            assert len(cases) == int(suite.get("tests")) == 3
            assert [c.find("failure") is not None for c in cases] == [False, True, False]
            assert cases[2].find("error").get("message").startswith("the secret is")
            assert abs(sum(float(c.get("time")) for c in cases) - float(root.get("time"))) < 1e-9
            assert cases[1].get("name").startswith("</testcase> & \\"quoted\\"")
            print("ok")
            """
        let found = try ClientPython.run(script, [folder.url.appending(path: "r.xml").path])
        #expect(found.status == 0 && found.output.contains("ok"), "\(found.output)")
    }

    @Test func trainReportsItsFiguresAndItsError() async throws {
        let folder = try TemporaryFolder()
        let (markdown, junit) = (folder.url.appending(path: "t.md"), folder.url.appending(path: "t.xml"))
        let good = await Call(folder, "train", "test/walk", "--smoke", "--md", markdown.path, "--junit", junit.path)
        #expect(good.status == 0, "\(good.errors)")
        #expect(try String(contentsOf: markdown, encoding: .utf8).contains("| mean |"))
        #expect(
            try Reader(junit.path).attributes.contains { $0["name"] == "mean" && $0["value"]?.contains("[") == true })
        let eval = await Call(folder, "eval", "test/walk", "--smoke", "--junit", junit.path)
        #expect(eval.status == 0, "\(eval.errors)")
        let bad = await Call(
            folder, "train", "test/walk", "--set", "steps=-1", "--md", markdown.path, "--junit", junit.path)
        #expect(bad.status == 65)
        #expect(try Reader(junit.path).names.contains("error"))
        #expect(try String(contentsOf: markdown, encoding: .utf8).contains("1 of 1 not passed"))
        let nowhere = await Call(folder, "train", "test/walk", "--smoke", "--md", "/no/such/folder/t.md")
        #expect(
            nowhere.status == 74 && nowhere.errors.contains("cannot write /no/such/folder/t.md"), "\(nowhere.errors)")
    }

    @Test func reproductionsThatDifferAreFailures() async throws {
        let folder = try TemporaryFolder()
        let junit = folder.url.appending(path: "r.xml")
        _ = await Call(folder, "train", "test/walk", "--smoke")
        let other = await Call(folder, "reproduce", "test/walk/1", "--seed", "3", "--junit", junit.path)
        #expect(other.status == 1)
        let reader = try Reader(junit.path)
        #expect(reader.names.contains("failure") && reader.names.count { $0 == "testcase" } == 1)
    }
}
