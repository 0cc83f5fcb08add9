import Foundation
import LabStorage

/// The digests of a folder's files: `MANIFEST.sha256`, in the form that `sha256sum --check` reads.
public struct DigestList: Sendable, Equatable {
    /// Relative path → SHA-256 in lower-case hexadecimal.
    public var digests: [String: String]

    public init(digests: [String: String] = [:]) { self.digests = digests }

    /// Reads a text of lines `digest  path`; throws `ServingError.malformed`.
    public init(text: String) throws {
        digests = [:]
        for (index, line) in text.split(separator: "\n").enumerated() {
            let digest = line.prefix(64)
            let path = String(line.dropFirst(66))
            guard digest.count == 64, digest.allSatisfy({ $0.isHexDigit && !$0.isUppercase }), !path.isEmpty,
                line.dropFirst(64).hasPrefix("  "), digests[path] == nil
            else {
                throw ServingError.malformed(
                    file: BundleFiles.digests, problem: "line \(index + 1) is not a digest and a path of its own")
            }
            digests[path] = String(digest)
        }
    }

    /// Digests every regular file under a folder; anything else (a link, a device) is an error.
    ///
    /// - Parameter leavingOut: says of a relative path whether it is skipped.
    public init(folder: URL, leavingOut: (String) -> Bool = { _ in false }) throws {
        digests = [:]
        for path in try Self.files(in: folder) where !leavingOut(path) {
            digests[path] = try Digest.sha256(file: folder.appending(path: path))
        }
    }

    /// Sorted by path; ends with a newline.
    public var text: String {
        digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
    }

    /// The relative paths of everything in a folder that is not a folder, sorted.
    static func files(in folder: URL) throws -> [String] {
        let files = FileManager.default
        let paths: [String]
        do {
            paths = try files.subpathsOfDirectory(atPath: folder.path)
        } catch {
            throw ServingError.cannotRead(path: folder.path, reason: error.localizedDescription)
        }
        return try paths.sorted().filter { path in
            let type =
                (try? files.attributesOfItem(atPath: folder.appending(path: path).path))?[.type] as? FileAttributeType
            if type == .typeDirectory { return false }
            // A link could lead to bytes that nobody signed, and change after the check.
            guard type == .typeRegular else {
                throw ServingError.malformed(file: path, problem: "is not a regular file")
            }
            return true
        }
    }
}
