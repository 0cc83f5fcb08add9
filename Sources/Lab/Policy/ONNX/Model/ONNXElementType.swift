/// The type of a tensor's elements, with the numbers of `TensorProto.DataType`.
public enum ONNXElementType: Int, Sendable, CaseIterable, Hashable {
    case float = 1
    case uint8 = 2
    case int8 = 3
    case uint16 = 4
    case int16 = 5
    case int32 = 6
    case int64 = 7
    case bool = 9
    case double = 11
    case uint32 = 12

    /// The name that NumPy uses.
    public var name: String {
        switch self {
        case .float: "float32"
        case .double: "float64"
        case .bool: "bool"
        default: "\(self)"
        }
    }

    /// What a number of the standard's that is not among the cases stands for.
    static func name(of number: Int) -> String {
        switch number {
        case 8: "string"
        case 10: "float16"
        case 13: "uint64"
        case 14, 15: "complex"
        case 16: "bfloat16"
        default: ONNXElementType(rawValue: number)?.name ?? "type \(number)"
        }
    }

    var isInteger: Bool { self != .float && self != .double && self != .bool }

    /// The low bits of a number, as many as the type has, as conversions in C keep them.
    func wrapped(_ value: Int64) -> Int64 {
        switch self {
        case .uint8: Int64(UInt8(truncatingIfNeeded: value))
        case .int8: Int64(Int8(truncatingIfNeeded: value))
        case .uint16: Int64(UInt16(truncatingIfNeeded: value))
        case .int16: Int64(Int16(truncatingIfNeeded: value))
        case .int32: Int64(Int32(truncatingIfNeeded: value))
        case .uint32: Int64(UInt32(truncatingIfNeeded: value))
        default: value
        }
    }
}
