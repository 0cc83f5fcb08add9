import Foundation
import LabTestKit
import Testing

@testable import LabStorage

@Suite struct DatasetCatalogueTests {
    private func catalogue(_ scratch: Scratch) -> DatasetCatalogue {
        DatasetCatalogue(manifests: DatasetCatalogue.projectManifests, workspace: scratch.url)
    }

    @Test func everyCommittedManifestCanBeRead() throws {
        let catalogue = try catalogue(Scratch())
        let names = catalogue.names
        #expect(names.count >= 26)
        for name in names {
            let manifest = try catalogue.manifest(name)
            #expect(!manifest.licence.isEmpty && !manifest.citation.isEmpty && !manifest.origins.isEmpty)
            #expect(
                manifest.origins.allSatisfy { origin in
                    Set(origin.files.map(\.gives)) == Set(manifest.files.map(\.path))
                })
        }
        let main = try names.filter { try catalogue.manifest($0).isMain }
        #expect(
            main == [
                "cdnow", "emoji-names", "lab-posts", "langid-176", "minilm-l6", "mta-paths", "open-bandit",
                "vader-lexicon", "vader-tweets",
            ])
        #expect(try !catalogue.manifest("tweeteval").commercialUse)
    }

    /// After a change of the posts: `scripts/refresh-manifest.py lab-posts`.
    @Test func theCommittedDatasetFitsItsManifest() throws {
        let catalogue = try catalogue(Scratch())
        #expect(try catalogue.status(of: "lab-posts").state == .present)
        let file = try JSONLinesReader(try catalogue.file("lab-posts", "posts.jsonl"))
        struct Post: Decodable { var id: String }
        var ids: [String] = []
        while let post = try file.next(Post.self) { ids.append(post.id) }
        #expect(ids.count >= 600 && Set(ids).count == ids.count)
    }

    @Test func manifestsAreCroissant() throws {
        let url = DatasetCatalogue.projectManifests.appendingPathComponent("vader-tweets.json")
        let object = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
        #expect(object["conformsTo"] as? String == "http://mlcommons.org/croissant/1.0")
        #expect(object["@type"] as? String == "sc:Dataset")
        #expect((object["distribution"] as? [[String: Any]])?.first?["@type"] as? String == "cr:FileObject")
    }

    private func own(_ content: String, in scratch: Scratch, name: String = "own") throws -> DatasetManifest {
        let data = Data(content.utf8)
        let manifest = DatasetManifest(
            name: name, summary: "a test", licence: "none", citation: "none",
            files: [
                DatasetFile(path: "a/b.txt", bytes: data.count, encoding: "text/plain", sha256: Digest.sha256(data))
            ],
            commercialUse: false, permittedUse: "tests", origins: [DatasetOrigin(kind: .workspace, files: [])])
        let folder = scratch.file("datasets")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try manifest.write(to: folder.appendingPathComponent("\(name).json"))
        return manifest
    }

    @Test func filesAreFoundAndVerified() throws {
        let scratch = try Scratch()
        let manifest = try own("hello", in: scratch)
        let catalogue = catalogue(scratch)
        #expect(try catalogue.manifest("own") == manifest)
        #expect(throws: StorageError.notPulled(dataset: "own", file: "a/b.txt")) {
            try catalogue.file("own", "a/b.txt")
        }
        #expect(try catalogue.status(of: "own").state == .missing)
        let place = catalogue.folder(of: "own").appendingPathComponent("a/b.txt")
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("hello".utf8).write(to: place)
        #expect(try catalogue.file("own", "a/b.txt") == place)
        #expect(try catalogue.status(of: "own").state == .present)
        try Data("hullo".utf8).write(to: place)
        #expect(
            throws: StorageError.wrongDigest(
                path: place.path, expected: Digest.sha256("hello"), found: Digest.sha256("hullo"))
        ) { try catalogue.file("own", "a/b.txt") }
        #expect(try catalogue.status(of: "own").state == .altered)
    }

    @Test func wrongNamesAreExplained() throws {
        let catalogue = try catalogue(Scratch())
        #expect(throws: StorageError.unknownDataset(name: "vader-twets", nearest: "vader-tweets")) {
            try catalogue.manifest("vader-twets")
        }
        #expect(throws: StorageError.unknownDataset(name: "../etc", nearest: nil)) { try catalogue.manifest("../etc") }
        #expect(throws: StorageError.self) { try catalogue.file("lab-posts", "post.jsonl") }
    }

    @Test func spoiledManifestsAreRefused() throws {
        let scratch = try Scratch()
        _ = try own("hello", in: scratch)
        let url = scratch.file("datasets/own.json")
        let text = try String(contentsOf: url, encoding: .utf8)
        for (from, to) in [
            (Digest.sha256("hello"), Digest.sha256("hullo")), ("a/b.txt", "../b.txt"), ("a/b.txt", "/b.txt"),
            ("\"lab:formatVersion\" : 1", "\"lab:formatVersion\" : 2"), ("{", "["),
        ] {
            try Data(text.replacingOccurrences(of: from, with: to).utf8).write(to: url)
            #expect {
                try catalogue(scratch).manifest("own")
            } throws: { error in
                if case StorageError.invalidManifest = error { true } else { false }
            }
        }
    }
}
