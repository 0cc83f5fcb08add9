/// The header of a safetensors file, read with every check that the format asks for.
struct SafetensorsHeader {
    struct Fault: Error { let reason: String }

    /// In the order of their bytes.
    let entries: [SafetensorsFile.Entry]
    let metadata: [String: String]
    /// Bytes before the tensors: the length field and the JSON text.
    let length: Int

    init(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count >= 8 else { throw Fault(reason: "\(bytes.count) bytes are too few for a header") }
        let size = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard size <= UInt64(Safetensors.largestHeader) else {
            throw Fault(reason: "a header of \(size) bytes is too large")
        }
        guard Int(size) <= bytes.count - 8 else {
            throw Fault(reason: "the header of \(size) bytes ends after the file")
        }
        length = 8 + Int(size)
        guard size > 0, bytes[8] == UInt8(ascii: "{") else { throw Fault(reason: "the header does not begin with {") }
        var parser = StrictJSON(UnsafeRawBufferPointer(rebasing: bytes[8..<length]))
        guard case .object(let members) = try parser.document() else { throw Fault(reason: "the header is no object") }
        var entries: [SafetensorsFile.Entry] = []
        var metadata: [String: String] = [:]
        for (name, value) in members {
            if name == Safetensors.metadataKey {
                metadata = try Self.metadata(value)
            } else {
                entries.append(try Self.entry(name, value))
            }
        }
        entries.sort {
            ($0.range.lowerBound, $0.range.upperBound, $0.name) < ($1.range.lowerBound, $1.range.upperBound, $1.name)
        }
        self.entries = entries
        self.metadata = metadata
        try Self.checkCoverage(entries, dataLength: bytes.count - length)
    }

    private static func metadata(_ value: StrictJSON.Value) throws -> [String: String] {
        guard case .object(let members) = value else { throw Fault(reason: "__metadata__ is no object") }
        var result: [String: String] = [:]
        for (key, value) in members {
            guard case .string(let text) = value else { throw Fault(reason: "the metadata \(key) is no text") }
            result[key] = text
        }
        return result
    }

    private static func entry(_ name: String, _ value: StrictJSON.Value) throws -> SafetensorsFile.Entry {
        guard case .object(let members) = value else { throw Fault(reason: "\(name) is no object") }
        var (type, shape, offsets): (TensorType?, [Int]?, [Int]?)
        for (key, value) in members {
            switch (key, value) {
            case ("dtype", .string(let text)):
                guard let known = TensorType(rawValue: text) else {
                    throw Fault(reason: "\(name) has unknown type \(text)")
                }
                type = known
            case ("shape", .array(let values)): shape = try values.map { try integer($0, name) }
            case ("data_offsets", .array(let values)): offsets = try values.map { try integer($0, name) }
            default: throw Fault(reason: "\(name) has an unknown or wrong member \(key)")
            }
        }
        guard let type, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
            throw Fault(reason: "\(name) lacks a type, a shape or two rising offsets")
        }
        var bytes = type.size
        for side in shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: side)
            guard !overflow else { throw Fault(reason: "\(name) has a shape too large for any file") }
            bytes = product
        }
        guard bytes == offsets[1] - offsets[0] else {
            throw Fault(reason: "\(name) needs \(bytes) bytes but has \(offsets[1] - offsets[0])")
        }
        return SafetensorsFile.Entry(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    private static func integer(_ value: StrictJSON.Value, _ name: String) throws -> Int {
        guard case .integer(let number) = value else {
            throw Fault(reason: "\(name) has a number that is no natural one")
        }
        return number
    }

    /// Tensors must lie end to end and use every byte: gaps could hide data, overlaps could confuse two readers.
    private static func checkCoverage(_ entries: [SafetensorsFile.Entry], dataLength: Int) throws {
        var end = 0
        for entry in entries {
            guard entry.range.lowerBound == end else {
                throw Fault(reason: "\(entry.name) begins at byte \(entry.range.lowerBound), not at \(end)")
            }
            end = entry.range.upperBound
            guard end <= dataLength else { throw Fault(reason: "\(entry.name) ends after the file") }
        }
        guard end == dataLength else { throw Fault(reason: "\(dataLength - end) bytes belong to no tensor") }
    }
}
