import Foundation
import FoundationXML
import LabExperimentTestKit
import LabRuns
import LabTestKit
import Testing

@testable import LabCommand

/// `labctl study`, and what of `reproduce` and `runs compare` belongs to it.
@Suite struct StudyCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ name: String) -> String { folder.url.appending(path: name).path }

    @Test func aStudyIsShownProvenAndReported() async throws {
        let call = await Call(
            folder, "study", "test/walk", "--seeds", "0..4", "--vary", "step.drift=0,1", "--smoke", "--workers", "2",
            "--md", file("study.md"), "--junit", file("study.xml"))
        #expect(call.status == 0, "\(call.errors)")
        for part in ["figures", "differences", "values", "step.drift=1", "seed 4", "p (Holm)", "IQM", "plots: "] {
            #expect(call.output.contains(part), "\(part): \(call.output)")
        }
        #expect(call.errors.contains("study/test/walk: sealed study/test/walk/1"))
        let markdown = try String(contentsOfFile: file("study.md"), encoding: .utf8)
        #expect(markdown.hasPrefix("## labctl study test/walk: 10 passed"))
        #expect(markdown.contains("| figure | variant | against |"))
        let junit = try Reader(file("study.xml"))
        #expect(junit.names.count { $0 == "testcase" } == 10)

        let json = await Call(
            folder, "study", "test/walk", "--seeds", "0..4", "--vary", "step.drift=0,1", "--smoke", "--json")
        #expect(json.json["run"] as? String == "study/test/walk/2")
        #expect((json.json["parents"] as? [String: Any])?.count == 10)
        #expect((json.json["figures"] as? [String: Any])?["last [step.drift=1] difference"] != nil)
        let list = await Call(folder, "runs", "list", "study/test/walk", "--json")
        #expect((list.json["runs"] as? [[String: Any]])?.count == 2)

        let deep = await Call(folder, "reproduce", "study/test/walk/1", "--deep", "--json", "--junit", file("deep.xml"))
        #expect(deep.status == 0, "\(deep.output)")
        let verdicts = (deep.json["reproductions"] as? [[String: Any]])?.map { $0["verdict"] as? String }
        #expect(verdicts == Array(repeating: "identical", count: 11))
        #expect(try Reader(file("deep.xml")).names.count { $0 == "testcase" } == 11)
    }

    @Test func settingsOfAFileCountForAllVariants() async throws {
        try Data("steps: 7\nlevels: [0.1, 0.2]\n".utf8).write(to: folder.url.appending(path: "mine.yaml"))
        let call = await Call(
            folder, "study", "test/walk", "--seeds", "3", "--config", file("mine.yaml"), "--variant", "label=a",
            "--variant", "label=b,step.size=2", "--json")
        #expect(call.status == 0, "\(call.errors)")
        #expect(
            (call.json["configuration"] as? [String: Any])?["set"] as? [String] == ["steps=7", "levels=[0.1, 0.2]"])
        let cell = await Call(folder, "runs", "show", "test/walk/2", "--json")
        let configuration = cell.json["configuration"] as? [String: Any]
        #expect(configuration?["steps"] as? Int == 7 && configuration?["label"] as? String == "b")
    }

    @Test(
        arguments: [
            (["--seeds", "9..0"], 64, "the range 9..0 runs backwards", "write for example --seeds 0..9"),
            (["--seeds", ""], 64, "is no list of seeds", "--seeds"),
            (["--seeds", "1,1"], 64, "seed 1 stands twice", "--seeds"),
            (["--workers", "0"], 64, "--workers must be 1 or more", "hint:"),
            (["--vary", "stps=1,2"], 65, "unknown setting 'stps'", "did you mean 'steps'?"),
            (["--vary", "steps=x"], 65, "setting 'steps' must be a whole number", "hint:"),
            (["--vary", "steps"], 64, "is not of the form key=value", "--vary alpha=0.1,0.3"),
            (["--variant", "steps=1", "--variant", "steps=1"], 64, "this variant stands twice", "--variant"),
            (["--vary", "step.size=1,1.0"], 64, "it means the same settings as 'step.size=1'", "--vary"),
            (["--vary", "seed=1,2"], 64, "use --seeds", "--vary"),
            (["--level", "1"], 65, "setting 'level' is 1.0", "0.95"),
            (["--curve", "postion", "--smoke"], 64, "no metric is called 'postion'", "did you mean 'position'?"),
            (["--resume", "test/walk/1"], 66, "there is no run 'test/walk/1'", "hint:"),
            (["--resume", "study/test/walk/1", "--seeds", "1"], 64, "--resume takes the study's own seeds", "hint:"),
        ] as [([String], Int32, String, String)])
    func mistakesAreExplained(arguments: [String], status: Int32, error: String, hint: String) async throws {
        let console = RecordingConsole()
        let found = await LabCommand.execute(
            ["study", "test/walk"] + arguments + ["--workspace", folder.url.path], registry: testRegistry,
            console: console.console)
        #expect(found == status, "\(console.errors)")
        #expect(console.errors.contains(error), "\(console.errors)")
        #expect(console.errors.contains(hint), "\(console.errors)")
    }

    @Test func aStudyIsNotRepeated() async throws {
        let call = await Call(folder, "study", "study/test/walk")
        #expect(call.status == 64 && call.errors.contains("give the experiment itself: 'labctl study test/walk'"))
    }

    @Test func runsAreComparedWithIntervalsAndDrawn() async throws {
        _ = await Call(folder, "train", "test/walk", "--set", "steps=50")
        _ = await Call(folder, "train", "test/walk", "--set", "steps=50", "--set", "step.drift=3", "--seed", "2")
        let call = await Call(
            folder, "runs", "compare", "test/walk/1", "test/walk/2", "--plot", file("runs.svg"), "--md", file("runs.md")
        )
        #expect(call.status == 0, "\(call.errors)")
        #expect(call.output.contains("step.drift"))
        #expect(call.output.contains("better"), "\(call.output)")
        let svg = try Reader(file("runs.svg"))
        #expect(svg.names.count { $0 == "polyline" } == 2)
        let again = await Call(folder, "runs", "compare", "test/walk/1", "test/walk/2", "--plot", file("again.svg"))
        #expect(again.status == 0)
        #expect(
            try Data(contentsOf: folder.url.appending(path: "runs.svg"))
                == Data(contentsOf: folder.url.appending(path: "again.svg")))
        #expect(try String(contentsOfFile: file("runs.md"), encoding: .utf8).contains("### Differences"))
        let wrong = await Call(
            folder, "runs", "compare", "test/walk/1", "test/walk/2", "--plot", file("x.svg"), "--metric", "positon")
        #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'position'?"), "\(wrong.errors)")
        let json = await Call(folder, "runs", "compare", "test/walk/1", "test/walk/2", "--json")
        let differences = json.json["differences"] as? [[String: Any]]
        #expect(differences?.first?["verdict"] as? String == "better")
    }
}

/// The element names of an XML file; throws where it is not well formed.
final class Reader: NSObject, XMLParserDelegate {
    private(set) var names: [String] = []
    private(set) var attributes: [[String: String]] = []

    struct Malformed: Error {}

    init(_ path: String) throws {
        super.init()
        let parser = XMLParser(data: try Data(contentsOf: URL(filePath: path)))
        parser.delegate = self
        guard parser.parse() else { throw Malformed() }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes found: [String: String]
    ) {
        names.append(name)
        attributes.append(found)
    }
}
