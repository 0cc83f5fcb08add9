import Foundation
import LabDomain
import LabPrivacy
import LabRuns
import LabStreams
import Testing

@testable import LabExperiments

@Suite("Erasure")
struct ErasureTests {
    static let texts = [
        "negative": ["I hate waiting for parcel", "What an awful smell in room", "The soup was cold again at table"],
        "neutral": ["The office opens at nine on day", "Line ends at platform", "Boxes are stacked in hall"],
        "positive": ["I love the garden behind house", "What a lovely concert at number", "Great help from clerk"],
    ]

    /// 360 posts of 40 authors, each text with a word of its own.
    static func rows() -> Data {
        var lines: [String] = []
        for number in 0..<360 {
            let label = ["negative", "neutral", "positive"][number % 3]
            let text = texts[label]?[number / 3 % 3] ?? ""
            let own = "quince\(number * 7919 % 10007)x\(number * 104_729 % 99991)"
            lines.append(
                "{\"id\":\(number),\"author\":\"writer\(number % 40)\",\"text\":\"\(text) \(own) \(own)b\",\"label\":\"\(label)\"}"
            )
        }
        return Data(lines.joined(separator: "\n").utf8)
    }

    static func files(in folder: URL) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().map { folder.appending(path: $0) }
            .filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
    }

    @Test("A person is gone from sealed runs, and the runs stay valid")
    func erase() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.rows().write(to: folder.appending(path: "rows.jsonl"))
        let own = Dataset(name: "own", digest: "own") { folder.appending(path: $0) }
        let home = folder.appending(path: "home")
        let launcher = Launcher(
            workspace: Workspace(folder.appending(path: "workspace")), datasets: GivenDatasets([own]), home: home,
            owner: "acme")

        var ingest = IngestExperiment.Configuration()
        ingest.dataset = "own"
        ingest.duplicates.removal = 1
        ingest.duplicates.grouping = 1
        let posts = try await launcher.train(IngestExperiment.self, configuration: ingest)
        let again = try await launcher.train(IngestExperiment.self, configuration: ingest)
        #expect(again.seal.resultDigest == posts.seal.resultDigest)
        #expect(posts.evaluation.figure("erased")?.value == 0)
        let model = try await launcher.train(
            PostReaderExperiment.self, configuration: PostReaderExperiment.smoke, inputs: ["posts": posts])
        #expect(model.evaluation.figure("erased")?.value == 0)

        // Nowhere in either run is a text, a part of one or a name.
        for run in [posts, model] {
            let files = try Self.files(in: run.folder)
            #expect(files.count >= 6)
            for file in files {
                let bytes = try Data(contentsOf: file)
                for secret in ["quince", "awful smell", "The soup was", "writer"] {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file.lastPathComponent)")
                }
            }
        }

        let vault = try CustomerVault(home: home, owner: "acme")
        let person = try KeyStore(home: home).pseudonymKey(owner: "acme").pseudonym(
            of: "writer7", namespace: PseudonymKey.authorNamespace)
        let log = try EventLog(posts.artifact("events.sqlite"), readOnly: true, vault: vault)
        let count = try log.posts().count { $0.post.author == person }
        #expect(count == 9)
        #expect(try vault.erase(person, at: Date(timeIntervalSince1970: 0)) == .destroyed)

        try posts.verify()
        try model.verify()
        let left = try log.read()
        #expect(left.erased.count == 9 && left.posts.count == 351)
        #expect(!left.posts.contains { $0.post.author == person })

        // What is made of the runs from now on is made without them.
        let later = try await launcher.train(
            PostReaderExperiment.self, configuration: PostReaderExperiment.smoke, inputs: ["posts": posts])
        #expect(later.evaluation.figure("erased")?.value == 9)
        let anew = try await launcher.train(IngestExperiment.self, configuration: ingest)
        #expect(anew.evaluation.figure("erased")?.value == 9 && anew.evaluation.figure("posts")?.value == 351)
        #expect(try vault.isErased(person))
    }
}
