import Foundation

/// Reads a folder that somebody else made: plain files and folders only, nothing that a link could lead out of.
enum ForeignFolder {
    static let longestText = 1 << 20
    static let deepest = 32

    /// The names in a folder, sorted; empty where there is no folder.
    static func names(in folder: URL) throws -> [String] {
        guard type(of: folder) != nil else { return [] }
        guard type(of: folder) == .typeDirectory else {
            throw ForeignDamage("\(folder.lastPathComponent) is no folder")
        }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        } catch {
            throw ForeignDamage("\(folder.lastPathComponent) cannot be listed")
        }
    }

    /// All files below a folder by relative path, sorted; a link or device among them is damage, or heard by `other`.
    static func files(below folder: URL, other: ((String) -> Void)? = nil) throws -> [(name: String, file: URL)] {
        var result: [(name: String, file: URL)] = []
        func walk(_ folder: URL, _ prefix: String, _ depth: Int) throws {
            guard depth < deepest else { throw ForeignDamage("folders lie more than \(deepest) deep") }
            for name in try names(in: folder) {
                let url = folder.appending(path: name)
                switch type(of: url) {
                case .typeDirectory?: try walk(url, prefix + name + "/", depth + 1)
                case .typeRegular?: result.append((prefix + name, url))
                case _ where other != nil: other?(prefix + name)
                case .typeSymbolicLink?: throw ForeignDamage("\(prefix)\(name) is a symbolic link")
                default: throw ForeignDamage("\(prefix)\(name) is no plain file")
                }
            }
        }
        try walk(folder, "", 0)
        return result
    }

    /// The text of a plain file.
    static func text(_ file: URL, limit: Int = longestText) throws -> String {
        let name = file.lastPathComponent
        guard let type = type(of: file) else { throw ForeignDamage("\(name) is missing") }
        guard type == .typeRegular else { throw ForeignDamage("\(name) is no plain file") }
        guard let data = try? Data(contentsOf: file) else { throw ForeignDamage("\(name) cannot be read") }
        guard data.count <= limit else { throw ForeignDamage("\(name) has \(data.count) bytes") }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ForeignDamage("\(name) is not valid UTF-8 text")
        }
        return text
    }

    /// What something is, links not followed; `nil` where there is nothing.
    static func type(of url: URL) -> FileAttributeType? {
        try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
    }
}
