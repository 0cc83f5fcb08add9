import ArgumentParser
import Foundation
import LabNumerics
import LabStorage

struct DataSampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Show some lines of a dataset's file, the same ones for the same seed.",
        discussion: """
              labctl data sample vader-tweets
              labctl data sample cdnow --file CDNOW_sample.txt --count 3 --seed 7
            """)

    @Argument(help: "The name of a dataset.")
    var name: String

    @Option(help: "Which file; the first one otherwise.")
    var file: String?

    @Option(help: "How many lines.")
    var count = 5

    @Option(help: "Another seed shows other lines.")
    var seed: UInt64 = 0

    @OptionGroup var common: CommonOptions

    struct Line: Encodable {
        let line: Int
        let text: String
    }

    struct Report: Encodable {
        let name: String
        let file: String
        let lines: [Line]
    }

    func validate() throws {
        guard (1...1000).contains(count) else { throw ValidationError("--count must be between 1 and 1000.") }
    }

    func run() throws {
        let catalogue = common.catalogue
        let manifest = try catalogue.manifest(name)
        let path = file ?? manifest.files.first?.path ?? ""
        guard manifest.files.first(where: { $0.path == path })?.encoding != "application/x-hdf5" else {
            throw ValidationError("\(path) has no lines; see 'labctl journeys show \(name)' for what it holds")
        }
        let url = try catalogue.file(name, path)
        let lines = try sampled(url)
        for line in lines { common.say("\(line.line): \(TextTable.clipped(line.text, to: 200))") }
        try common.emit(Report(name: name, file: path, lines: lines))
    }

    /// Reservoir sampling (Vitter's algorithm R): one pass, any file size.
    private func sampled(_ url: URL) throws -> [Line] {
        let reader = try JSONLinesReader(url)
        var stream = RandomStream(seed: seed, name: "data/sample/\(name)")
        var kept: [Line] = []
        var seen = 0
        while let data = try reader.nextLine() {
            seen += 1
            let place = kept.count < count ? kept.count : stream.nextInt(below: seen)
            guard place < count else { continue }
            let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
            let line = Line(line: reader.line, text: text)
            if place == kept.count { kept.append(line) } else { kept[place] = line }
        }
        return kept.sorted { $0.line < $1.line }
    }
}
