public import Foundation
import LabDomain
import LabStorage

extension ONNXModel {
    /// Reads a model from a file.
    ///
    /// Throws `StorageError` for a file that is missing or damaged, `PolicyError.unsuitableModel` for one that is sound
    /// but uses what Lab does not read: weights in other files, sparse or 16-bit tensors, another opset.
    public init(contentsOf url: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: url, options: .mappedIfSafe)
        } catch {
            guard FileManager.default.fileExists(atPath: url.path) else { throw StorageError.notFound(path: url.path) }
            throw StorageError.cannotRead(path: url.path, reason: error.localizedDescription)
        }
        try self.init(decoding: [UInt8](data), file: url.path)
    }

    /// Reads a model from bytes; `file` is what errors call them.
    public init(decoding bytes: [UInt8], file: String) throws {
        var reader = ProtocolBufferReader(bytes[...], file: file)
        var (irVersion, producer, opset) = (Int64(0), "", Int?.none)
        var graph: ONNXGraph?
        var metadata: [String: String] = [:]
        while let field = try reader.next() {
            switch field.number {
            case 1: irVersion = try reader.integer(field)
            case 2: producer = try reader.text(field)
            case 7: graph = try ONNXGraph(reader.message(field))
            case 8:
                let (domain, version) = try Self.operatorSet(reader.message(field))
                if domain.isEmpty || domain == "ai.onnx" { opset = version }
            case 14:
                let (key, value) = try Self.entry(reader.message(field))
                metadata[key] = value
            default: break
            }
        }
        guard let graph else { throw reader.damaged("there is no graph") }
        guard irVersion > 0, let opset else { throw reader.damaged("the versions of format and operators are missing") }
        guard Self.supportedOpsets.contains(opset) else {
            throw PolicyError.unsuitableModel(
                file: file, reason: "it is written for opset \(opset)",
                remedy: "export it again with opset_version=17; opsets \(Self.supportedOpsets.lowerBound) to "
                    + "\(Self.supportedOpsets.upperBound) are known")
        }
        self.init(graph: graph, opset: opset, irVersion: irVersion, producer: producer, metadata: metadata)
    }

    private static func operatorSet(_ message: ProtocolBufferReader) throws -> (domain: String, version: Int) {
        var reader = message
        var (domain, version) = ("", Int64(0))
        while let field = try reader.next() {
            switch field.number {
            case 1: domain = try reader.text(field)
            case 2: version = try reader.integer(field)
            default: break
            }
        }
        return (domain, Int(version))
    }

    private static func entry(_ message: ProtocolBufferReader) throws -> (key: String, value: String) {
        var reader = message
        var (key, value) = ("", "")
        while let field = try reader.next() {
            switch field.number {
            case 1: key = try reader.text(field)
            case 2: value = try reader.text(field)
            default: break
            }
        }
        return (key, value)
    }
}
