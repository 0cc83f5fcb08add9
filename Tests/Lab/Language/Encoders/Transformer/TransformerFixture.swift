import Foundation
import LabNumerics

@testable import LabLanguage

/// A small model of `transformers` with what it gave.
struct TransformerFixture: Decodable {
    let ids: [[Int32]]
    let hidden: [[Float]]
    let pooler: [[Float]]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func named(_ name: String) throws -> TransformerFixture {
        try JSONDecoder().decode(
            TransformerFixture.self, from: Data(contentsOf: folder.appending(path: "\(name)/outputs.json")))
    }

    static func model(_ name: String) throws -> TransformerModel {
        try TransformerModel(folder: folder.appending(path: name))
    }

    /// A folder of its own with a copy of a model's files, for tests that spoil them.
    static func copy(_ name: String) throws -> URL {
        let files = FileManager.default
        let copy = files.temporaryDirectory.appending(path: "lab-transformer-\(UUID().uuidString)")
        try files.copyItem(at: folder.appending(path: name), to: copy)
        return copy
    }
}

/// The largest distance of two matrices' elements.
func largestDistance(_ left: Matrix, _ right: [[Float]]) -> Float {
    guard left.elements.count == right.joined().count else { return .infinity }
    return zip(left.elements, right.joined()).map { ($0 - $1).magnitude }.max() ?? .infinity
}
