import Foundation
import LabSimulation
import LabStorage

/// The posts that simulated customers may speak: labels and calibrated readings of the speech split, no texts.
///
/// Nothing of that split taught a model or tested one.
struct SpokenPosts {
    /// Human labels in the order of `Sentiment`; shape [posts].
    let labels: [Int32]
    /// Row-major [posts, 3].
    let probabilities: [Float]
    /// The posts' rows in `readings.h5`.
    let places: [Int32]
    /// Human labels of all posts of the file, by row.
    let labelOfPlace: [Int32]

    /// Throws `StorageError` for a file that does not hold readings.
    init(_ readings: URL) throws {
        let file = try HDF5File.open(readings)
        defer { file.discard() }
        let splits = try file.read("/split", as: String.self)
        let allLabels = try file.read("/label", as: Int32.self)
        let allProbabilities = try file.read("/probabilities", as: Double.self)
        guard allLabels.count == splits.count, allProbabilities.count == 3 * splits.count else {
            throw StorageError.wrongShape(
                file: readings.path, name: "/label and /probabilities", wanted: "\(splits.count) rows",
                found: "\(allLabels.count) labels, \(allProbabilities.count) probabilities")
        }
        let rows = splits.indices.filter { splits[$0] == "speech" }
        labels = rows.map { allLabels[$0] }
        probabilities = rows.flatMap { row in (0..<3).map { Float(allProbabilities[3 * row + $0]) } }
        places = rows.map { Int32($0) }
        labelOfPlace = allLabels
    }

    /// A voice in which customers say these posts; `Utterance.post` is the row in `readings.h5`.
    var voice: RecordedVoice {
        get throws { try RecordedVoice(labels: labels, probabilities: probabilities, indexes: places) }
    }

    /// The human label of the post at a row of `readings.h5`: the hidden emotion of whoever spoke it.
    func hiddenEmotion(_ place: Int32) -> Int { Int(labelOfPlace[Int(place)]) }
}
