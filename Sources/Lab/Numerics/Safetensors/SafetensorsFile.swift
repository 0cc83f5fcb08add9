/// A safetensors file whose header was found valid; tensors are copied out of the mapped bytes when asked for.
public struct SafetensorsFile: Sendable {
    /// What the header says of one tensor.
    public struct Entry: Sendable, Equatable {
        public let name: String
        public let type: TensorType
        public let shape: [Int]
        /// Where its bytes lie, counted from the end of the header.
        let range: Range<Int>
    }

    /// In the order of their bytes.
    public let entries: [Entry]
    /// Free text from the header.
    public let metadata: [String: String]
    private let places: [String: Int]
    let contents: MappedFile
    let dataStart: Int
    private let place: String

    init(bytes: MappedFile, place: String) throws {
        contents = bytes
        self.place = place
        do {
            let header = try SafetensorsHeader(bytes.bytes)
            entries = header.entries
            metadata = header.metadata
            dataStart = header.length
        } catch let error as SafetensorsHeader.Fault {
            throw NumericsError.malformedSafetensors(place: place, reason: error.reason)
        }
        // Names were found unique by the header.
        places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
    }

    public var names: [String] { entries.map(\.name) }

    /// What the header says of the tensor `name`.
    ///
    /// - Throws: `NumericsError.missingTensor`.
    public func entry(_ name: String) throws -> Entry {
        guard let place = places[name] else { throw NumericsError.missingTensor(name: name, place: self.place) }
        return entries[place]
    }

    /// The elements of the tensor `name`, row-major, whose type must be exactly `Element`'s.
    ///
    /// - Throws: `NumericsError.missingTensor`, `NumericsError.unexpectedTensor`.
    public func elements<Element: TensorElement>(_ name: String, as type: Element.Type = Element.self) throws
        -> [Element]
    {
        let entry = try entry(name)
        guard entry.type == Element.tensorType else {
            throw NumericsError.unexpectedTensor(
                name: name, expected: Element.tensorType.rawValue, found: entry.type.rawValue)
        }
        let count = entry.range.count / MemoryLayout<Element>.stride
        let source = bytes(of: entry)
        // Copied bytewise, because the format allows tensors that are not aligned.
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialised in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
            initialised = count
        }
    }

    /// The bytes of a tensor where the file has them, not necessarily aligned.
    func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            rebasing: contents.bytes[dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound])
    }

    /// An F32 tensor of two sides as a matrix; one of a single side, as PyTorch keeps biases, as a matrix of one row.
    ///
    /// - Parameters:
    ///   - rows: how many it must have; `nil` accepts any number.
    ///   - columns: likewise.
    /// - Throws: `NumericsError.missingTensor`, `NumericsError.unexpectedTensor`.
    public func matrix(_ name: String, rows: Int? = nil, columns: Int? = nil) throws -> Matrix {
        let sides = try entry(name).shape
        let shape = sides.count == 1 ? [1, sides[0]] : sides
        guard shape.count == 2, rows == nil || rows == shape[0], columns == nil || columns == shape[1] else {
            let wanted = "[\(rows.map(String.init) ?? "any"), \(columns.map(String.init) ?? "any")]"
            throw NumericsError.unexpectedTensor(name: name, expected: wanted, found: "\(sides)")
        }
        return Matrix(rows: shape[0], columns: shape[1], elements: try elements(name, as: Float.self))
    }
}

extension Parametrised {
    /// The parameters as tensors named `prefix` + parameter name.
    public func namedTensors(prefix: String = "") -> [NamedTensor] {
        zip(parameterNames, parameters).map { NamedTensor(prefix + $0, $1.value) }
    }

    /// Replaces the parameters by those of a file, which must have the same shapes.
    ///
    /// - Throws: `NumericsError.missingTensor`, `NumericsError.unexpectedTensor`; then nothing was replaced.
    public mutating func load(from file: SafetensorsFile, prefix: String = "") throws {
        let matrices = try zip(parameterNames, parameters).map {
            try file.matrix(prefix + $0, rows: $1.rows, columns: $1.columns)
        }
        for (index, matrix) in matrices.enumerated() { parameters[index].value = matrix }
    }
}
