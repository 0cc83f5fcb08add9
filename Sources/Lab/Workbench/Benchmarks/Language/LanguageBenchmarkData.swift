import Foundation
import LabLanguage
import LabStorage

/// What the rows of the language suite read; datasets that are not here yet are pulled.
struct LanguageBenchmarkData: Sendable {
    /// For what peers are handed and write; removed with the suite.
    let scratch: URL
    private let catalogue = DatasetCatalogue.standard(
        workspace: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))

    init(scratch: URL) { self.scratch = scratch }

    /// The folder of a dataset.
    ///
    /// - Throws: `StorageError` where it is not here and cannot be had.
    func folder(_ name: String) throws -> URL {
        _ = try DatasetPuller(catalogue).pull(name)
        // A committed dataset, or one that another folder of data holds, lies elsewhere than pulled ones.
        guard let file = try catalogue.manifest(name).files.first(where: { !$0.path.contains("/") }) else {
            throw StorageError.notFound(path: name)
        }
        return try catalogue.file(name, file.path).deletingLastPathComponent()
    }

    /// The first `count` texts in the order in which they came, and what to call them.
    func posts(_ count: Int) throws -> (texts: [String], name: String) {
        if (try? DatasetPuller(catalogue).pull("tweeteval")) != nil,
            let tweets = try? catalogue.file("tweeteval", "sentiment/test_text.txt").deletingLastPathComponent(),
            let text = try? String(contentsOf: tweets.appending(path: "test_text.txt"), encoding: .utf8)
        {
            return (text.split(separator: "\n").prefix(count).map(String.init), "tweets")
        }
        struct Record: Decodable { let text: String }
        let own = try folder("lab-posts").appending(path: "posts.jsonl")
        let lines = try String(contentsOf: own, encoding: .utf8).split(separator: "\n")
        let texts = try lines.map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)).text }
        guard !texts.isEmpty else { throw StorageError.noUsableRows(file: own.path, reason: "it is empty") }
        return ((0..<count).map { texts[$0 % texts.count] }, "the project's own posts")
    }

    /// A file of JSON for a peer: the same texts.
    func handed(_ texts: [String], named name: String) throws -> String {
        let url = scratch.appending(path: name)
        try AtomicFile.write(try JSONEncoder().encode(texts), to: url)
        return url.path
    }
}
