import Foundation
import LabNumerics
import Testing

@Suite struct SafetensorsFaultTests {
    static let x = "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}"

    @Test(arguments: [
        ("no object", "[]", 0), ("bad JSON", "{", 0), ("bare word", "{\"x\":true}", 0),
        ("text after the end", "{} {}", 0), ("leading space", " {}", 0), ("trailing comma", "{\(x),}", 8),
        ("duplicate", "{\(x),\(x)}", 8), ("trailing byte", "{\(x)}", 9), ("missing byte", "{\(x)}", 7),
        ("size and shape differ", "{\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
        ("unknown type", "{\"x\":{\"dtype\":\"F3\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
        ("negative side", "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8),
        ("fraction", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}", 8),
        ("leading zero", "{\"x\":{\"dtype\":\"F32\",\"shape\":[02],\"data_offsets\":[0,8]}}", 8),
        ("overflow", "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,2],\"data_offsets\":[0,8]}}", 8),
        ("huge number", "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}", 8),
        ("falling offsets", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8),
        ("gap", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}", 16),
        ("overlap", "{\(x),\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12),
        ("lacks a type", "{\"x\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
        ("three offsets", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}", 8),
        ("unknown member", "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"z\":1}}", 8),
        ("metadata is no text", "{\"__metadata__\":{\"a\":1},\(x)}", 8),
        ("nested too deeply", "{\"x\":[[[[[[[[[[[[]]]]]]]]]]]]}", 0),
        ("half of a surrogate", "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
    ])
    func refused(what: String, header: String, data: Int) {
        #expect(throws: NumericsError.self, "\(what)") {
            try Safetensors.decode(SafetensorsTests.file(header, data: data))
        }
    }

    @Test func unusualButLawfulIsRead() throws {
        let file = try Safetensors.decode(
            SafetensorsTests.file(
                "{ \"\\u00e4\\ud83d\\ude00\" : {\"data_offsets\":[0,8],\"shape\":[2], \"dtype\":\"F32\"}}  ", data: 8))
        #expect(file.names == ["ä😀"])
        #expect(try Safetensors.decode(SafetensorsTests.file("{}")).entries.isEmpty)
    }

    @Test(arguments: [0, 7, 8, 9]) func shortFilesAreRefused(length: Int) throws {
        let whole = try Safetensors.encode(SafetensorsTests.tensors)
        #expect(throws: NumericsError.self) { try Safetensors.decode(whole.prefix(length)) }
    }

    @Test func aHeaderMayNotBeHuge() {
        var data = SafetensorsTests.file("{\(Self.x)}", data: 8)
        for (size, byte) in [(UInt64(100_000_001), 0), (.max, 0), (UInt64(Int64.max), 0)] {
            withUnsafeBytes(of: size.littleEndian) { data.replaceSubrange(byte..<8, with: $0) }
            #expect(throws: NumericsError.self) { try Safetensors.decode(data) }
        }
    }

    /// Whatever is done to the bytes, reading ends with an error or with tensors that lie inside the file.
    @Test func spoiledFilesNeverCrash() throws {
        let whole = try Safetensors.encode(SafetensorsTests.tensors, metadata: SafetensorsTests.metadata)
        let headerEnd = 8 + Int(whole[0]) + Int(whole[1]) << 8
        var stream = RandomStream(seed: 1, name: "fuzz")
        var refused = 0
        for _ in 0..<20_000 {
            var data = whole
            for _ in 0...stream.nextInt(below: 3) {
                let place = stream.nextInt(below: headerEnd)
                switch stream.nextInt(below: 4) {
                case 0: data[place] = UInt8(truncatingIfNeeded: stream.nextUInt32())
                case 1: data.remove(at: place)
                case 2: data.insert(data[stream.nextInt(below: headerEnd)], at: place)
                default: data[place] ^= 1 << UInt8(stream.nextInt(below: 8))
                }
            }
            do {
                let file = try Safetensors.decode(data)
                var bytes = 0
                for entry in file.entries { bytes += entry.shape.reduce(entry.type.size, *) }
                #expect(bytes < data.count)
                for entry in file.entries where entry.type == .float32 {
                    _ = try file.elements(entry.name, as: Float.self)
                }
            } catch is NumericsError {
                refused += 1
            }
        }
        // Names, metadata and data may change without harm; most mutations hit structure.
        #expect(refused > 10_000)
    }
}
