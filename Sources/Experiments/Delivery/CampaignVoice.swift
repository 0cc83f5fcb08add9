import Foundation
import LabSimulation
import LabStorage

/// The posts that simulated customers speak: the `speech` split of `readings.h5`, never one that a model learned from or
/// was tested on.
struct CampaignVoice {
    let voice: RecordedVoice
    /// Human labels of all posts of the file, by row; what `Utterance.post` counts in.
    let labels: [Int32]

    init(_ url: URL) throws {
        let file = try HDF5File.open(url)
        let splits = try file.read("/split", as: String.self)
        let labels = try file.read("/label", as: Int32.self)
        let probabilities = try file.read("/probabilities", as: Double.self).map(Float.init)
        try file.close()
        let rows = splits.indices.filter { splits[$0] == "speech" }
        voice = try RecordedVoice(
            labels: rows.map { labels[$0] }, probabilities: rows.flatMap { probabilities[3 * $0..<3 * $0 + 3] },
            indexes: rows.map { Int32($0) })
        self.labels = labels
    }
}
