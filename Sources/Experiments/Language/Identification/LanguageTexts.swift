import Foundation
import LabLanguage
import LabRuns
import LabStorage

/// Texts, each with the code of its language.
struct LanguageTexts {
    private(set) var codes: [String] = []
    private(set) var texts: [String] = []

    init(_ configuration: IdentificationExperiment.Configuration, _ run: Run) throws {
        switch configuration.data {
        case "": try read(run.dataset("eld-langid").file(configuration.split + ".txt"))
        case "lab-posts":
            let posts = try LabelledTexts.read(
                file: run.dataset("lab-posts").file("posts.jsonl"), label: "language")
            texts = posts.texts
            codes = posts.labels.map { posts.classes[$0] }
        default: try read(Self.file(configuration.data, configuration.split))
        }
    }

    /// The file itself, the folder's file of the split, or the only text file that the folder has.
    private static func file(_ path: String, _ split: String) throws -> URL {
        let url = URL(filePath: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw StorageError.notFound(path: path)
        }
        guard isFolder.boolValue else { return url }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".txt") }.sorted()
        if names.contains(split + ".txt") { return url.appending(path: split + ".txt") }
        guard names.count == 1 else {
            throw StorageError.noSuchObject(
                file: path, name: split + ".txt", nearest: NearestName.of(split + ".txt", among: names))
        }
        return url.appending(path: names[0])
    }

    /// Reads lines of a code, a tab and a text.
    private mutating func read(_ url: URL) throws {
        for (number, line) in try TextFile.lines(url).enumerated() {
            guard let tab = line.firstIndex(of: "\t"), tab != line.startIndex else {
                throw LanguageError.badTextFile(
                    file: url.lastPathComponent, line: number + 1, reason: "it is not a code, a tab and a text")
            }
            codes.append(String(line[..<tab]))
            texts.append(String(line[line.index(after: tab)...]))
        }
    }
}
