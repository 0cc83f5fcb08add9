import Foundation
import LabNumerics
import LabRuns
import LabStorage
import LabTestKit
import Testing

@testable import LabExperiments

/// The repository's own `runs/`: small runs of every shipped experiment that must come out again wherever tests run.
///
/// Where a change is meant to change results, `scripts/reference-runs.sh` records them anew.
@Suite("Reference runs")
struct ReferenceRunsTests {
    static let checkout = Workspace(Checkout.root)
    static let references = ((try? checkout.entries()) ?? []).map(\.reference)
    /// A home without keys or ledgers, and no dataset but those that are committed and what set-up pulls.
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-reference-\(UUID().uuidString)")

    func launcher(_ workspace: Workspace = checkout, datasets: (any DatasetSource)? = nil) -> Launcher {
        let pulled = ProcessInfo.processInfo.environment.filter { $0.key == "LAB_DATA" }
        let catalogue = DatasetCatalogue.standard(workspace: folder, environment: pulled)
        return Launcher(
            workspace: workspace, datasets: datasets ?? CatalogueDatasets(catalogue),
            home: folder.appending(path: "home"))
    }

    /// A copy of all reference runs that may be spoiled.
    func copy() throws -> Workspace {
        let workspace = Workspace(folder.appending(path: "copy"))
        try FileManager.default.createDirectory(at: workspace.root, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.checkout.runs, to: workspace.runs)
        return workspace
    }

    @Test("Every shipped experiment has a sealed reference run in its short form")
    func complete() throws {
        let entries = try Self.checkout.entries()
        #expect(Set(entries.map(\.experiment)) == Set(shippedExperiments.experiments.map { $0.name }))
        for entry in entries {
            #expect(entry.state == .sealed && entry.record?.smoke == true, "\(entry.reference)")
            // What holds no real person's text.
            #expect(Set(entry.record.map { Array($0.datasets.keys) } ?? []).isSubset(of: ["lab-posts", "langid-176"]))
        }
    }

    @Test("It comes out again: identical here, within tolerance on another numeric profile", arguments: references)
    func reproduces(reference: String) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try Self.checkout.run(reference)
        let result = try await launcher().reproduce(run.folder, registry: shippedExperiments)
        let remedy: Comment = "\(result.verdict.description); if that is meant, run scripts/reference-runs.sh"
        if try run.record.numericProfile.decode(as: NumericProfile.self) == NumericProfile.current() {
            #expect(result.verdict == .identical, remedy)
        } else {
            #expect(result.verdict.isReproduced, remedy)
        }
    }

    @Test("Another seed is named for every experiment, with its first effect", arguments: references)
    func anotherSeed(reference: String) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try await launcher().reproduce(
            Self.checkout.folder(of: reference), registry: shippedExperiments, seed: 2)
        guard case .differs(let difference) = result.verdict else {
            Issue.record("\(result.verdict.description)")
            return
        }
        #expect(difference.part == .seed && difference.original == "1" && difference.again == "2")
        let isSame = difference.effect == "the result is the same all the same"
        #expect(isSame || difference.effect?.hasPrefix("first effect: ") == true)
        // Where something is drawn, another seed draws something else.
        if ["language/posts", "policy/cql"].contains(where: reference.hasPrefix) { #expect(!isSame) }
        #expect(!result.verdict.isReproduced)
    }

    @Test("A flipped byte in a model is damage, with run and file named, also for what was made from it")
    func flippedByte() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = try copy()
        let file = "artifacts/policy.safetensors"
        let model = try workspace.folder(of: "policy/cql/1").appending(path: file)
        var bytes = try Data(contentsOf: model)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: model)
        for reference in ["policy/cql/1", "serving/gate/1"] {
            let result = try await launcher(workspace).reproduce(
                workspace.folder(of: reference), registry: shippedExperiments)
            #expect(
                result.verdict == .damaged(run: "policy/cql/1", file: file, problem: "does not match the seal"),
                "\(reference): \(result.verdict.description)")
        }
    }

    @Test("A flipped byte in any run's artifact is damage, with run and file named", arguments: references)
    func flippedByteAnywhere(reference: String) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = try copy()
        let run = try workspace.run(reference)
        let file = run.seal.files.last { $0.path.hasPrefix("artifacts/") && $0.bytes > 0 }?.path ?? "evaluation.json"
        try flip(run.folder.appending(path: file))
        let result = try await launcher(workspace).reproduce(run.folder, registry: shippedExperiments)
        #expect(
            result.verdict == .damaged(run: reference, file: file, problem: "does not match the seal"),
            "\(result.verdict.description)")
    }

    @Test(
        "Changed data are named before anything is computed: a dataset, or a run that was read", arguments: references)
    func changedData(reference: String) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = try copy()
        let run = try workspace.run(reference)
        if let name = run.record.datasets.keys.min() {
            let posts = Checkout.root.appending(path: "datasets/" + name)
            let changed = GivenDatasets(
                run.record.datasets.keys.map { name in
                    Dataset(name: name, digest: "00ff") { posts.appending(path: $0) }
                })
            let result = try await launcher(workspace, datasets: changed).reproduce(
                run.folder, registry: shippedExperiments)
            guard case .differs(let difference) = result.verdict else {
                Issue.record("\(result.verdict.description)")
                return
            }
            #expect(difference.part == .dataset && difference.place == "'\(name)'" && difference.again == "00ff")
        }
        for parent in run.record.parents.values.map(\.id).sorted() {
            let read = try workspace.run(parent)
            try flip(read.folder.appending(path: "evaluation.json"))
            let result = try await launcher(workspace).reproduce(run.folder, registry: shippedExperiments)
            #expect(
                result.verdict
                    == .damaged(run: read.reference, file: "evaluation.json", problem: "does not match the seal"),
                "\(result.verdict.description)")
            try flip(read.folder.appending(path: "evaluation.json"))
        }
    }

    private func flip(_ file: URL) throws {
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
    }

    @Test("They are small, and hold no machine's path, no host's name and no secret")
    func contents() throws {
        // Short words stand in compressed bytes by chance.
        var words = [Checkout.root.path + "/", NSHomeDirectory() + "/"].filter { $0.count > 6 }
        words += ["/home/", "/root/", "/Users/", "/tmp/", "PRIVATE KEY"]
        let host = ProcessInfo.processInfo.hostName
        if host.count > 5, host != "localhost" { words.append(host) }
        var total = 0
        let paths = try FileManager.default.subpathsOfDirectory(atPath: Self.checkout.runs.path).sorted()
        for path in paths {
            let url = Self.checkout.runs.appending(path: path)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            let data = try Data(contentsOf: url)
            total += data.count
            #expect(data.count < 1_000_000, "\(path)")
            for word in words { #expect(data.range(of: Data(word.utf8)) == nil, "\(path) holds \(word)") }
        }
        #expect(total > 100_000 && total < 3_000_000, "\(total) bytes")
    }
}
