import Foundation

extension String: HDF5Element {
    public static var hdf5Kind: HDF5Kind { .string }

    public static func packedWidth(of values: [String]) -> Int {
        values.reduce(1) { Swift.max($0, $1.utf8.count) }
    }

    public static func withPacked<Result>(
        _ values: [String], width: Int, _ body: (UnsafeRawPointer) throws -> Result
    ) rethrows -> Result {
        var bytes = [UInt8](repeating: 0, count: values.count * width)
        for (index, value) in values.enumerated() {
            var position = index * width
            for byte in value.utf8.prefix(width) {
                bytes[position] = byte
                position += 1
            }
        }
        return try UInt8.withPacked(bytes, width: 1, body)
    }

    public static func unpack(
        count: Int, width: Int, fill: (UnsafeMutableRawPointer) throws -> Void
    ) throws -> [String] {
        let bytes = try UInt8.unpack(count: count * width, width: 1, fill: fill)
        return (0..<count).map { index in
            let field = bytes[(index * width)..<((index + 1) * width)]
            return String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
