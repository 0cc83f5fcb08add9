import LabNumerics

/// Corrections of low rank beside frozen weights: W x + alpha / rank · B A x, with A random and B 0 at first.
///
/// Source: Hu et al., arXiv 2106.09685, section 4.1; without dropout of the correction's input.
public struct LowRankAdapters: Sendable, Equatable, Codable {
    /// Which weights have one.
    public enum Targets: String, Sendable, Codable, CaseIterable {
        case queryAndValue
        /// Those of query, key, value, attention's output and both of the feed-forward part.
        case all
    }

    public var rank: Int
    public var alpha: Float
    public var targets: Targets

    public init(rank: Int = 8, alpha: Float = 16, targets: Targets = .queryAndValue) {
        self.rank = rank
        self.alpha = alpha
        self.targets = targets
    }

    var scale: Float { alpha / Float(rank) }

    /// One corrected weight of a block.
    enum Place: String, CaseIterable {
        case query, key, value, output, inner, outer

        /// The number of its weight among the block's parameters, and the first of its rows there.
        func weight(_ shape: TransformerShape) -> (index: Int, row: Int, rows: Int, columns: Int) {
            let (width, inner) = (shape.width, shape.inner)
            return switch self {
            case .query: (0, 0, width, width)
            case .key: (0, width, width, width)
            case .value: (0, 2 * width, width, width)
            case .output: (2, 0, width, width)
            case .inner: (4, 0, inner, width)
            case .outer: (6, 0, width, inner)
            }
        }
    }

    var places: [Place] { targets == .all ? Place.allCases : [.query, .value] }

    /// Where A of a place stands among an encoder's adapters; B follows.
    func index(of place: Place, block: Int) -> Int? {
        places.firstIndex(of: place).map { 2 * (block * places.count + $0) }
    }

    var namesOfBlock: [String] { places.flatMap { ["\($0.rawValue).lora_A", "\($0.rawValue).lora_B"] } }

    /// A uniform as Kaiming's with gain √(1/3) (PyTorch's linear layers), B 0, of all blocks.
    func parameters(_ shape: TransformerShape, stream: RandomStream) -> [Parameter] {
        (0..<shape.depth).flatMap { block in
            places.flatMap { place in
                let (_, _, rows, columns) = place.weight(shape)
                let first = Initialiser.uniform(bound: 1 / Float(columns).squareRoot()).matrix(
                    rows: rank, columns: columns, stream: stream.child(block).child(place.rawValue))
                return [Parameter(first), Parameter(Matrix(rows: rows, columns: rank))]
            }
        }
    }

    /// Adds the corrections to the weights of `model`.
    func merge(_ adapters: [Parameter], into model: inout TransformerModel) {
        for block in 0..<model.shape.depth {
            for place in places {
                guard let index = index(of: place, block: block) else { continue }
                let correction = adapters[index + 1].value * adapters[index].value
                let weight = place.weight(model.shape)
                let parameter = model.layout.block(block).lowerBound + weight.index
                let start = weight.row * weight.columns
                model.parameters[parameter].withMutableValues { values in
                    for element in correction.elements.indices {
                        values[start + element] += scale * correction.elements[element]
                    }
                }
            }
        }
    }
}
