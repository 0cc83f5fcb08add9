import CHDF5
import Foundation

/// Columns as other programs write them: of several widths, as one column or as a matrix of one column.
struct ForeignColumns {
    let file: HDF5File

    /// Observations of one dimension; throws `StorageError.wrongShape` for pictures and the like.
    func observations(_ path: String, width: Int? = nil) throws -> (values: [Float], rows: Int, width: Int) {
        let shape = try file.shape(of: path)
        guard shape.count == 2, shape[1] > 0, width == nil || shape[1] == width else {
            let wanted = width.map { "[rows, \($0)], as in the episodes before" } ?? "[rows, width]"
            throw StorageError.wrongShape(file: file.url.path, name: path, wanted: wanted, found: "\(shape)")
        }
        return (try file.read(path, as: Float.self), shape[0], shape[1])
    }

    /// Discrete actions; throws `StorageError.wrongType` for floats, which stand for continuous ones.
    func actions(_ path: String) throws -> [Int32] {
        try requireColumn(path)
        switch try file.kind(of: path) {
        case .float32, .float64, .string, .bool:
            throw StorageError.wrongType(
                file: file.url.path, name: path, wanted: "whole numbers: only discrete actions can be read",
                found: try file.kind(of: path)?.rawValue ?? "another type")
        default: return try file.read(path, as: Int64.self).map { Int32(clamping: $0) }
        }
    }

    func rewards(_ path: String, count: Int) throws -> [Double] {
        try requireColumn(path)
        return try counted(path, try file.read(path, as: Double.self), count)
    }

    /// Flags, also where they are kept as numbers.
    func flags(_ path: String, count: Int? = nil) throws -> [Bool] {
        try requireColumn(path)
        guard let numbers = try file.read(any: path).numbers else {
            throw StorageError.wrongType(file: file.url.path, name: path, wanted: "flags", found: "text")
        }
        return try counted(path, numbers.map { $0 != 0 }, count ?? numbers.count)
    }

    /// The datasets of a group with what they hold; those of a type that cannot be read here are left out.
    func infos(_ group: String, _ make: (_ shape: [Int], HDF5Values) -> JourneyInfo?) throws -> [String: JourneyInfo] {
        guard try file.exists(group) else { return [:] }
        var infos: [String: JourneyInfo] = [:]
        for name in try file.list(group) where try file.isDataset("\(group)/\(name)") {
            let path = "\(group)/\(name)"
            do {
                infos[name] = make(try file.shape(of: path), try file.read(any: path))
            } catch StorageError.wrongType {
                continue
            }
        }
        return infos
    }

    func counted<Element>(_ path: String, _ values: [Element], _ count: Int) throws -> [Element] {
        guard values.count == count else {
            throw StorageError.wrongShape(
                file: file.url.path, name: path, wanted: "\(count) values", found: "\(values.count)")
        }
        return values
    }

    private func requireColumn(_ path: String) throws {
        let shape = try file.shape(of: path)
        guard shape.dropFirst().allSatisfy({ $0 == 1 }), shape.count <= 2 else {
            throw StorageError.wrongShape(
                file: file.url.path, name: path, wanted: "one value a step", found: "\(shape)")
        }
    }
}

extension HDF5File {
    /// Whether an object is a dataset rather than a group.
    func isDataset(_ path: String) throws -> Bool {
        try withFile { file in
            guard exists(path, in: file) else { return false }
            let object = try HDF5Handle(
                lab_h5_open_object(file, path), closedBy: H5Oclose, file: url.path, doing: "open \(path)")
            return H5Iget_type(object.id) == H5I_DATASET
        }
    }
}

extension JourneyFile {
    /// The log's own attributes in a file of another form, whose readers pass over them.
    static func setLogAttributes(_ attributes: [String: HDF5Attribute], _ file: HDF5File) throws {
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) where !reserved.contains(name) {
            try file.setAttribute("lab_" + name, value)
        }
    }

    static func logAttributes(_ file: HDF5File) throws -> [String: HDF5Attribute] {
        var attributes: [String: HDF5Attribute] = [:]
        for name in try file.attributeNames() where name.hasPrefix("lab_") {
            attributes[String(name.dropFirst(4))] = try file.attribute(name)
        }
        return attributes
    }
}
