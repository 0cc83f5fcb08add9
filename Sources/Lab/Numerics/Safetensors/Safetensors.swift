public import Foundation

/// Reads and writes safetensors files: a JSON header with names, types, shapes and offsets, then raw little-endian bytes.
///
/// Source: huggingface/safetensors, README, section "Format". Reading is strict: whatever the format forbids is an
/// error, and so are unused bytes. Writing is deterministic: equal tensors and metadata give equal bytes.
public enum Safetensors {
    /// A longer header is refused, as the reference implementation does.
    public static let largestHeader = 100_000_000

    /// Writes tensors to a file, which appears whole or not at all.
    ///
    /// - Throws: `NumericsError.malformedSafetensors` for two tensors of one name or a reserved one,
    ///   `NumericsError.fileUnavailable` if the file cannot be written.
    public static func write(_ tensors: [NamedTensor], metadata: [String: String] = [:], to url: URL) throws {
        let data = try encode(tensors, metadata: metadata, place: url.path)
        do {
            try data.write(to: url, options: .atomic)
        } catch {
            throw NumericsError.fileUnavailable(path: url.path, reason: error.localizedDescription, isMissing: false)
        }
    }

    /// Maps a file into memory and checks its header. The file must not be changed while it is in use.
    ///
    /// - Throws: `NumericsError.malformedSafetensors`, or `NumericsError.fileUnavailable`.
    public static func read(_ url: URL) throws -> SafetensorsFile {
        try SafetensorsFile(bytes: MappedFile(path: url.path), place: url.path)
    }

    /// Reads a file that is in memory already.
    public static func decode(_ data: Data) throws -> SafetensorsFile {
        try SafetensorsFile(bytes: MappedFile(copying: data), place: "bytes in memory")
    }

    /// The bytes of a file.
    public static func encode(
        _ tensors: [NamedTensor], metadata: [String: String] = [:], place: String = "bytes in memory"
    ) throws -> Data {
        // Larger elements first keeps every tensor aligned to its element; names make the order unique.
        let ordered = tensors.sorted { ($1.type.size, $0.name) < ($0.type.size, $1.name) }
        var entries: [String] = []
        if !metadata.isEmpty {
            let pairs = metadata.sorted { $0.key < $1.key }.map { quoted($0.key) + ":" + quoted($0.value) }
            entries.append(quoted(metadataKey) + ":{" + pairs.joined(separator: ",") + "}")
        }
        var offset = 0
        var names: Set<String> = [metadataKey]
        for tensor in ordered {
            guard names.insert(tensor.name).inserted else {
                throw NumericsError.malformedSafetensors(
                    place: place, reason: "the name \(tensor.name) is taken twice or reserved")
            }
            let end = offset + tensor.bytes.count
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            entries.append(
                quoted(tensor.name) + ":{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(end)]}")
            offset = end
        }
        var header = Data("{\(entries.joined(separator: ","))}".utf8)
        // Tensors begin at a multiple of 8 bytes, so that a mapped file can be read in place.
        header.append(Data(repeating: 0x20, count: (8 - header.count % 8) % 8))
        var data = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
        data.reserveCapacity(8 + header.count + offset)
        data.append(header)
        for tensor in ordered { data.append(tensor.bytes) }
        return data
    }

    static let metadataKey = "__metadata__"

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
