import Foundation

extension DatasetManifest {
    private enum Key: String, CodingKey {
        case context = "@context"
        case type = "@type"
        case conformsTo, name, description, license, version, citeAs, url, distribution, recordSet
        case formatVersion = "lab:formatVersion"
        case isMain = "lab:main"
        case commercialUse = "lab:commercialUse"
        case permittedUse = "lab:permittedUse"
        case caution = "lab:caution"
        case splits = "lab:splits"
        case digest = "lab:digest"
        case origins = "lab:origins"
    }

    private struct FileObject: Codable {
        var type = "cr:FileObject"
        var id: String
        var name: String
        var contentUrl: String
        var contentSize: String
        var encodingFormat: String
        var sha256: String

        enum CodingKeys: String, CodingKey {
            case type = "@type"
            case id = "@id"
            case name, contentUrl, contentSize, encodingFormat, sha256
        }
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let found = try values.decode(Int.self, forKey: .formatVersion)
        guard found == Self.formatVersion else {
            throw DecodingError.dataCorruptedError(
                forKey: .formatVersion, in: values,
                debugDescription: "format \(found), this program reads \(Self.formatVersion)")
        }
        let objects = try values.decode([FileObject].self, forKey: .distribution)
        self.init(
            name: try values.decode(String.self, forKey: .name),
            summary: try values.decode(String.self, forKey: .description),
            licence: try values.decode(String.self, forKey: .license),
            version: try values.decode(String.self, forKey: .version),
            citation: try values.decode(String.self, forKey: .citeAs),
            homepage: try values.decodeIfPresent(String.self, forKey: .url),
            files: objects.map { object in
                DatasetFile(
                    path: object.contentUrl, bytes: Int(object.contentSize.prefix { $0.isNumber }) ?? 0,
                    encoding: object.encodingFormat, sha256: object.sha256)
            },
            isMain: try values.decode(Bool.self, forKey: .isMain),
            commercialUse: try values.decode(Bool.self, forKey: .commercialUse),
            permittedUse: try values.decode(String.self, forKey: .permittedUse),
            caution: try values.decodeIfPresent(String.self, forKey: .caution),
            splits: try values.decode([DatasetSplit].self, forKey: .splits),
            origins: try values.decode([DatasetOrigin].self, forKey: .origins))
        let claimed = try values.decode(String.self, forKey: .digest)
        guard claimed == digest else {
            throw DecodingError.dataCorruptedError(
                forKey: .digest, in: values,
                debugDescription: "it is \(claimed), but the files' digests give \(digest)")
        }
        guard let unsafe = unsafePath else { return }
        throw DecodingError.dataCorruptedError(
            forKey: .distribution, in: values, debugDescription: "the path \(unsafe) leads out of the dataset's folder")
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(
            [
                "@vocab": "https://schema.org/", "sc": "https://schema.org/",
                "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/",
                "conformsTo": "dct:conformsTo", "citeAs": "cr:citeAs", "recordSet": "cr:recordSet",
                "lab": "urn:lab:dataset:",
            ], forKey: .context)
        try values.encode("sc:Dataset", forKey: .type)
        try values.encode("http://mlcommons.org/croissant/1.0", forKey: .conformsTo)
        try values.encode(name, forKey: .name)
        try values.encode(summary, forKey: .description)
        try values.encode(licence, forKey: .license)
        try values.encode(version, forKey: .version)
        try values.encode(citation, forKey: .citeAs)
        try values.encodeIfPresent(homepage, forKey: .url)
        let objects = files.map { file in
            FileObject(
                id: file.path, name: file.path, contentUrl: file.path, contentSize: "\(file.bytes) B",
                encodingFormat: file.encoding, sha256: file.sha256)
        }
        try values.encode(objects, forKey: .distribution)
        try values.encode([String](), forKey: .recordSet)
        try values.encode(Self.formatVersion, forKey: .formatVersion)
        try values.encode(isMain, forKey: .isMain)
        try values.encode(commercialUse, forKey: .commercialUse)
        try values.encode(permittedUse, forKey: .permittedUse)
        try values.encodeIfPresent(caution, forKey: .caution)
        try values.encode(splits, forKey: .splits)
        try values.encode(digest, forKey: .digest)
        try values.encode(origins, forKey: .origins)
    }

    /// A path of a file that would be written or read outside the dataset's folder.
    private var unsafePath: String? {
        let paths =
            files.map(\.path) + origins.flatMap { $0.files.flatMap { [$0.path, $0.gives] } }
            + origins.flatMap { [$0.folder, $0.archive].compactMap(\.self) } + [name]
        return paths.first { path in
            path.isEmpty || path.hasPrefix("/") || path.split(separator: "/").contains("..")
        }
    }

    /// Reads a manifest; throws `StorageError.invalidManifest` with what is wrong.
    public static func read(_ url: URL) throws -> DatasetManifest {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw StorageError.cannotRead(path: url.path, reason: error.localizedDescription)
        }
        do {
            return try JSONDecoder().decode(DatasetManifest.self, from: data)
        } catch let error as DecodingError {
            throw StorageError.invalidManifest(file: url.path, reason: JSONLinesReader.reason(error))
        }
    }

    /// Writes the manifest, replacing one that is there.
    public func write(to url: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        var data = try encoder.encode(self)
        data.append(10)
        try AtomicFile.write(data, to: url)
    }
}
