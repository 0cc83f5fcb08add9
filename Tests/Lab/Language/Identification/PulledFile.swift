import Foundation
import LabStorage

/// Files of the catalogue that are here because somebody pulled them; tests that need one say so when it is missing.
enum PulledFile {
    static let languageModel = url("langid-176", "lid.176.ftz")

    static func url(_ dataset: String, _ path: String) -> URL? {
        let catalogue = DatasetCatalogue.standard(workspace: FileManager.default.temporaryDirectory)
        return try? catalogue.file(dataset, path)
    }

    static func names(_ language: String) -> URL? {
        url("emoji-names", language == "en" ? "emoji.json" : "emoji_\(language).json")
    }

    /// A file of the staged corpora, under `LAB_MIRROR`.
    static func mirrored(_ path: String) -> URL? {
        guard let mirror = ProcessInfo.processInfo.environment["LAB_MIRROR"], !mirror.isEmpty else { return nil }
        let url = URL(filePath: mirror).appending(path: path)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }

    /// The lines of all `*_text.txt` under the mirror's folder.
    static func lines(under folder: String) -> [String] {
        guard let root = mirrored(folder),
            let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        else { return [] }
        let texts = files.compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix("_text.txt") }
        return texts.sorted { $0.path < $1.path }.flatMap { url in
            ((try? String(contentsOf: url, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
        }
    }
}
