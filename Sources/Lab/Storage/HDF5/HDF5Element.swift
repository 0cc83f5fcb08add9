import CHDF5
import Foundation

/// The element types that a dataset can hold.
public enum HDF5Kind: String, Sendable, CaseIterable {
    case float32, float64, int32, int64, uint8, bool, string
}

/// A Swift type that can be a dataset's element: `Float`, `Double`, `Int32`, `Int64`, `UInt8`, `Bool` or `String`.
///
/// Numbers are stored little-endian; `Bool` as h5py's enumeration of FALSE and TRUE; `String` as UTF-8 of one fixed
/// width for the whole dataset, padded with zero bytes (so it compresses and equal content gives equal bytes).
public protocol HDF5Element: Sendable {
    static var hdf5Kind: HDF5Kind { get }

    /// The bytes that one of `values` takes in a dataset.
    static func packedWidth(of values: [Self]) -> Int

    /// Calls `body` with `values` laid out one behind the other, `width` bytes each.
    static func withPacked<Result>(
        _ values: [Self], width: Int, _ body: (UnsafeRawPointer) throws -> Result
    ) rethrows -> Result

    /// The `count` values that `fill` writes into memory, `width` bytes each.
    static func unpack(count: Int, width: Int, fill: (UnsafeMutableRawPointer) throws -> Void) throws -> [Self]
}

/// HDF5 wants an address even where nothing is read; this one is never followed.
private nonisolated(unsafe) let anyAddress = UnsafeRawPointer(
    UnsafeMutableRawPointer.allocate(byteCount: 8, alignment: 8))

/// An element whose memory is its packed form.
public protocol HDF5Number: HDF5Element, BitwiseCopyable {}

extension HDF5Number {
    public static func packedWidth(of values: [Self]) -> Int { MemoryLayout<Self>.stride }

    public static func withPacked<Result>(
        _ values: [Self], width: Int, _ body: (UnsafeRawPointer) throws -> Result
    ) rethrows -> Result {
        try values.withUnsafeBytes { bytes in
            try body(bytes.baseAddress ?? anyAddress)
        }
    }

    public static func unpack(
        count: Int, width: Int, fill: (UnsafeMutableRawPointer) throws -> Void
    ) throws -> [Self] {
        try [Self](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let base = buffer.baseAddress else { return }
            try fill(UnsafeMutableRawPointer(base))
            filled = count
        }
    }
}

extension Float: HDF5Number { public static var hdf5Kind: HDF5Kind { .float32 } }
extension Double: HDF5Number { public static var hdf5Kind: HDF5Kind { .float64 } }
extension Int32: HDF5Number { public static var hdf5Kind: HDF5Kind { .int32 } }
extension Int64: HDF5Number { public static var hdf5Kind: HDF5Kind { .int64 } }
extension UInt8: HDF5Number { public static var hdf5Kind: HDF5Kind { .uint8 } }

extension Bool: HDF5Element {
    public static var hdf5Kind: HDF5Kind { .bool }
    public static func packedWidth(of values: [Bool]) -> Int { 1 }

    public static func withPacked<Result>(
        _ values: [Bool], width: Int, _ body: (UnsafeRawPointer) throws -> Result
    ) rethrows -> Result {
        try UInt8.withPacked(values.map { $0 ? 1 : 0 }, width: 1, body)
    }

    public static func unpack(
        count: Int, width: Int, fill: (UnsafeMutableRawPointer) throws -> Void
    ) throws -> [Bool] {
        // Through bytes: a damaged file may hold what is no `Bool`.
        try UInt8.unpack(count: count, width: 1, fill: fill).map { $0 != 0 }
    }
}
