/// Values of any one kind that a dataset can hold, for code that learns the kind only from the file.
public enum HDF5Values: Sendable, Equatable {
    case floats([Float])
    case doubles([Double])
    case int32s([Int32])
    case int64s([Int64])
    case bytes([UInt8])
    case flags([Bool])
    case texts([String])

    public var kind: HDF5Kind {
        switch self {
        case .floats: .float32
        case .doubles: .float64
        case .int32s: .int32
        case .int64s: .int64
        case .bytes: .uint8
        case .flags: .bool
        case .texts: .string
        }
    }

    public var count: Int {
        switch self {
        case .floats(let values): values.count
        case .doubles(let values): values.count
        case .int32s(let values): values.count
        case .int64s(let values): values.count
        case .bytes(let values): values.count
        case .flags(let values): values.count
        case .texts(let values): values.count
        }
    }

    public subscript(range: Range<Int>) -> HDF5Values {
        switch self {
        case .floats(let values): .floats(Array(values[range]))
        case .doubles(let values): .doubles(Array(values[range]))
        case .int32s(let values): .int32s(Array(values[range]))
        case .int64s(let values): .int64s(Array(values[range]))
        case .bytes(let values): .bytes(Array(values[range]))
        case .flags(let values): .flags(Array(values[range]))
        case .texts(let values): .texts(Array(values[range]))
        }
    }

    /// Adds values of the same kind; values of another kind are left out, so the caller must have compared the kinds.
    mutating func append(_ other: HDF5Values) {
        switch (self, other) {
        case (.floats(var mine), .floats(let more)):
            self = .floats([])
            mine += more
            self = .floats(mine)
        case (.doubles(var mine), .doubles(let more)):
            self = .doubles([])
            mine += more
            self = .doubles(mine)
        case (.int32s(var mine), .int32s(let more)):
            self = .int32s([])
            mine += more
            self = .int32s(mine)
        case (.int64s(var mine), .int64s(let more)):
            self = .int64s([])
            mine += more
            self = .int64s(mine)
        case (.bytes(var mine), .bytes(let more)):
            self = .bytes([])
            mine += more
            self = .bytes(mine)
        case (.flags(var mine), .flags(let more)):
            self = .flags([])
            mine += more
            self = .flags(mine)
        case (.texts(var mine), .texts(let more)):
            self = .texts([])
            mine += more
            self = .texts(mine)
        default: break
        }
    }
}

extension HDF5Values {
    /// The values as doubles, if they are numbers or flags.
    public var numbers: [Double]? {
        switch self {
        case .floats(let values): values.map(Double.init)
        case .doubles(let values): values
        case .int32s(let values): values.map(Double.init)
        case .int64s(let values): values.map(Double.init)
        case .bytes(let values): values.map(Double.init)
        case .flags(let values): values.map { $0 ? 1 : 0 }
        case .texts: nil
        }
    }
}

extension HDF5File {
    /// Writes values whose kind is known only now; see `write(_:_:shape:chunk:compression:)`.
    public func write(
        _ path: String, any values: HDF5Values, shape: [Int]? = nil, compression: HDF5Compression = .none
    ) throws {
        switch values {
        case .floats(let values): try write(path, values, shape: shape, compression: compression)
        case .doubles(let values): try write(path, values, shape: shape, compression: compression)
        case .int32s(let values): try write(path, values, shape: shape, compression: compression)
        case .int64s(let values): try write(path, values, shape: shape, compression: compression)
        case .bytes(let values): try write(path, values, shape: shape, compression: compression)
        case .flags(let values): try write(path, values, shape: shape, compression: compression)
        case .texts(let values): try write(path, values, shape: shape, compression: compression)
        }
    }

    /// Reads a dataset, or some of its rows, as whatever kind it holds; throws `.wrongType` for kinds without a Swift
    /// counterpart here.
    public func read(any path: String, rows: Range<Int>? = nil) throws -> HDF5Values {
        func values<Element: HDF5Element>(_ element: Element.Type) throws -> [Element] {
            if let rows { return try read(path, as: element, rows: rows) }
            return try read(path, as: element)
        }
        return switch try kind(of: path) {
        case .float32: .floats(try values(Float.self))
        case .float64: .doubles(try values(Double.self))
        case .int32: .int32s(try values(Int32.self))
        case .int64, nil: .int64s(try values(Int64.self))
        case .uint8: .bytes(try values(UInt8.self))
        case .bool: .flags(try values(Bool.self))
        case .string: .texts(try values(String.self))
        }
    }
}
