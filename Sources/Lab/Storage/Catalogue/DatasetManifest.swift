import Foundation

/// What is known of a dataset before any of it is here: files, digests, licence, splits and where it can be had.
///
/// On disk it is Croissant JSON-LD (`conformsTo` 1.0); what Croissant has no word for stands under the prefix `lab:`.
public struct DatasetManifest: Codable, Sendable, Equatable {
    public static let formatVersion = 1

    public var name: String
    public var summary: String
    /// An SPDX address, or a sentence where no such licence applies.
    public var licence: String
    public var version: String
    public var citation: String
    public var homepage: String?
    /// The files of the working form.
    public var files: [DatasetFile]
    /// Whether the shipped pipelines need it; `labctl data pull --main` gets those.
    public var isMain: Bool
    /// False bars the promotion of what was trained on it.
    public var commercialUse: Bool
    public var permittedUse: String
    public var caution: String?
    public var splits: [DatasetSplit]
    /// SHA-256 over the lines `<digest of the file>  <path>\n` of the files, sorted by path.
    public var digest: String
    /// Tried in this order.
    public var origins: [DatasetOrigin]

    public init(
        name: String, summary: String, licence: String, version: String = "1.0.0", citation: String,
        homepage: String? = nil, files: [DatasetFile], isMain: Bool = false, commercialUse: Bool,
        permittedUse: String, caution: String? = nil, splits: [DatasetSplit] = [], origins: [DatasetOrigin]
    ) {
        self.name = name
        self.summary = summary
        self.licence = licence
        self.version = version
        self.citation = citation
        self.homepage = homepage
        self.files = files
        self.isMain = isMain
        self.commercialUse = commercialUse
        self.permittedUse = permittedUse
        self.caution = caution
        self.splits = splits
        self.origins = origins
        digest = Self.digest(of: files)
    }

    /// The digest of a working form; see `digest`.
    public static func digest(of files: [DatasetFile]) -> String {
        let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return Digest.sha256(sorted.map { "\($0.sha256)  \($0.path)\n" }.joined())
    }

    /// The file of this path, or an error that names the nearest one.
    public func file(_ path: String) throws -> DatasetFile {
        if let file = files.first(where: { $0.path == path }) { return file }
        throw StorageError.noSuchObject(
            file: "dataset \(name)", name: path, nearest: NearestName.of(path, among: files.map(\.path)))
    }
}

/// One file of a dataset's working form.
public struct DatasetFile: Codable, Sendable, Equatable {
    /// Relative to the dataset's folder.
    public var path: String
    public var bytes: Int
    public var encoding: String
    public var sha256: String

    public init(path: String, bytes: Int, encoding: String, sha256: String) {
        self.path = path
        self.bytes = bytes
        self.encoding = encoding
        self.sha256 = sha256
    }
}

/// A part of a dataset that is used for one purpose.
public struct DatasetSplit: Codable, Sendable, Equatable {
    public var name: String
    public var rule: String

    public init(name: String, rule: String) {
        self.name = name
        self.rule = rule
    }
}
