/// A place where a dataset can be had, with the digests of its files as they lie there.
public struct DatasetOrigin: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// A folder under `LAB_MIRROR`.
        case mirror
        /// A Python package that carries the files.
        case pythonPackage = "python-package"
        /// A folder beside the manifest, part of this project.
        case committed
        /// Added by the user from a file of their own; the working form is the only copy.
        case workspace
    }

    public enum PackageForm: String, Codable, Sendable { case wheel, sdist }

    public var kind: Kind
    /// Of a mirror or committed dataset.
    public var folder: String?
    /// Of a Python package: its name, exact version, form, file name, digest and size.
    public var package: String?
    public var version: String?
    public var form: PackageForm?
    public var archive: String?
    public var sha256: String?
    public var contentSize: Int?
    public var files: [OriginFile]

    public init(
        kind: Kind, folder: String? = nil, package: String? = nil, version: String? = nil, form: PackageForm? = nil,
        archive: String? = nil, sha256: String? = nil, contentSize: Int? = nil, files: [OriginFile]
    ) {
        self.kind = kind
        self.folder = folder
        self.package = package
        self.version = version
        self.form = form
        self.archive = archive
        self.sha256 = sha256
        self.contentSize = contentSize
        self.files = files
    }

    /// In a few words, for people.
    public var title: String {
        switch kind {
        case .mirror: "mirror folder \(folder ?? "")"
        case .pythonPackage: "Python package \(package ?? "") \(version ?? "")"
        case .committed: "this project's \(folder ?? "")"
        case .workspace: "the user's own file"
        }
    }
}

/// A file at an origin and how the working form is made of it.
public struct OriginFile: Codable, Sendable, Equatable {
    /// What is done to the bytes, in order.
    public enum Step: String, Codable, Sendable {
        case gunzip
        /// Leaves out a header that the working form does not have.
        case dropFirstLine = "drop-first-line"
        /// Line ends become LF.
        case unixLines = "unix-lines"
        /// The last line gets an end like the others.
        case finalNewline = "final-newline"
        /// The members of a zip archive, such as NumPy's `.npz`, are stored without compression and with one fixed time, so
        /// that they can be read where they lie in a mapped file.
        case storeMembers = "store-members"
    }

    public var path: String
    /// Of the bytes at the origin, before any step.
    public var sha256: String
    /// The path in the working form.
    public var gives: String
    public var steps: [Step]

    public init(path: String, sha256: String, gives: String, steps: [Step] = []) {
        self.path = path
        self.sha256 = sha256
        self.gives = gives
        self.steps = steps
    }
}
