import Foundation
import LabStorage

/// Making folders with errors that say why not.
enum Folder {
    /// Makes a folder and those on the way to it; throws `StorageError`.
    static func make(_ url: URL) throws {
        var path = url.path.hasPrefix("/") ? "" : "."
        for part in url.path.split(separator: "/") {
            path += "/" + part
            if mkdir(path, 0o755) != 0 {
                let code = errno
                var information = stat()
                // An existing folder may answer EEXIST, EROFS or EACCES; only what is missing is an error.
                if stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR { continue }
                throw StorageError.system(code == EEXIST ? ENOTDIR : code, path: url.path, writing: true)
            }
        }
    }
}
