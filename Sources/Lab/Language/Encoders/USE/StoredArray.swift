import Foundation
import LabNumerics

/// An array of NumPy's format `.npy` inside a mapped file, read where it lies.
///
/// Source: NumPy Enhancement Proposal 1, versions 1 to 3; little-endian, row-major arrays only.
struct StoredArray: Sendable {
    enum ElementType: String, Sendable {
        case float32 = "<f4"
        case float64 = "<f8"
        case uint8 = "|u1"

        var size: Int {
            switch self {
            case .float32: 4
            case .float64: 8
            case .uint8: 1
            }
        }
    }

    let type: ElementType
    let sides: [Int]
    private let contents: MappedFile
    private let start: Int

    /// - Throws: `StoredArchive.Fault`.
    init(_ contents: MappedFile, _ range: Range<Int>) throws {
        let bytes = UnsafeRawBufferPointer(rebasing: contents.bytes[range])
        guard bytes.count >= 12, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8) else {
            throw StoredArchive.Fault("it is no NumPy array")
        }
        let wide = bytes[6] > 1
        guard 1...3 ~= bytes[6] else { throw StoredArchive.Fault("its format \(bytes[6]) is unknown") }
        let length = (0..<(wide ? 4 : 2)).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        let first = wide ? 12 : 10
        guard length <= bytes.count - first else { throw StoredArchive.Fault("its header is cut off") }
        let header = Header(String(decoding: bytes[first..<first + length], as: UTF8.self))
        guard let type = header.value("descr").flatMap({ ElementType(rawValue: $0) }) else {
            throw StoredArchive.Fault("its element type is not one of those supported")
        }
        guard header.value("fortran_order") == "False", let sides = header.sides else {
            throw StoredArchive.Fault("its header has no usable shape")
        }
        var size = type.size
        for side in sides {
            let (product, overflow) = size.multipliedReportingOverflow(by: side)
            guard !overflow else { throw StoredArchive.Fault("its shape is too large") }
            size = product
        }
        guard size == bytes.count - first - length else {
            throw StoredArchive.Fault("its shape asks for \(size) bytes, it has \(bytes.count - first - length)")
        }
        self.type = type
        self.sides = sides
        self.contents = contents
        start = range.lowerBound + first + length
    }

    var count: Int { sides.reduce(1, *) }

    /// The bytes of the elements, for as long as `self` lives.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: contents.bytes[start..<start + count * type.size])
    }

    /// 32-bit elements as a matrix; one side is one row.
    var matrix: Matrix {
        let (bytes, count) = (bytes, count)
        let elements = [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
            initialised = count
        }
        let columns = sides.last ?? 1
        return Matrix(rows: columns == 0 ? 0 : count / columns, columns: columns, elements: elements)
    }

    /// The dictionary in front of the elements, a literal of Python with three entries.
    private struct Header {
        let text: Substring

        init(_ text: String) { self.text = text[...] }

        /// A word or quoted text under a key.
        func value(_ key: String) -> String? {
            guard let place = text.range(of: "'\(key)':") else { return nil }
            let rest = text[place.upperBound...].drop { $0 == " " }
            if rest.first == "'" { return String(rest.dropFirst().prefix { $0 != "'" }) }
            return String(rest.prefix { $0.isLetter })
        }

        /// The tuple of sides; `nil` where it is none of whole numbers.
        var sides: [Int]? {
            guard let place = text.range(of: "'shape':"), let open = text[place.upperBound...].firstIndex(of: "("),
                let close = text[open...].firstIndex(of: ")")
            else { return nil }
            let parts = text[text.index(after: open)..<close].split(separator: ",")
            let sides = parts.map { Int($0.drop { $0 == " " }) }
            let whole = sides.compactMap { $0 }.filter { $0 >= 0 }
            return whole.count == parts.count ? whole : nil
        }
    }
}
