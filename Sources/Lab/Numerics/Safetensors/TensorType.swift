/// The element types of safetensors files, by the names that stand in their headers.
public enum TensorType: String, Sendable, Codable, CaseIterable {
    case bool = "BOOL"
    case uint8 = "U8"
    case int8 = "I8"
    case uint16 = "U16"
    case int16 = "I16"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case uint32 = "U32"
    case int32 = "I32"
    case float32 = "F32"
    case uint64 = "U64"
    case int64 = "I64"
    case float64 = "F64"

    /// Bytes of one element.
    public var size: Int {
        switch self {
        case .bool, .uint8, .int8: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        }
    }
}

/// A Swift type whose elements have the same bytes in memory and in a safetensors file (little-endian).
public protocol TensorElement: BitwiseCopyable, Sendable {
    static var tensorType: TensorType { get }
}

extension Float: TensorElement { public static var tensorType: TensorType { .float32 } }
extension Double: TensorElement { public static var tensorType: TensorType { .float64 } }
extension Int64: TensorElement { public static var tensorType: TensorType { .int64 } }
extension Int32: TensorElement { public static var tensorType: TensorType { .int32 } }
extension Int16: TensorElement { public static var tensorType: TensorType { .int16 } }
extension Int8: TensorElement { public static var tensorType: TensorType { .int8 } }
extension UInt64: TensorElement { public static var tensorType: TensorType { .uint64 } }
extension UInt32: TensorElement { public static var tensorType: TensorType { .uint32 } }
extension UInt16: TensorElement { public static var tensorType: TensorType { .uint16 } }
extension UInt8: TensorElement { public static var tensorType: TensorType { .uint8 } }
