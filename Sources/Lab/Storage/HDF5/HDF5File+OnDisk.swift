import CHDF5
import Foundation

extension HDF5File {
    /// A new, empty file that grows on the disk, for content larger than memory; otherwise as `create(_:)`.
    ///
    /// The bytes go to a file of a temporary name in the same folder. `close()` writes the digest over them into the
    /// first 512 bytes, flushes the file to the disk and renames it to `url`; until then nothing is there, and `discard()`
    /// or a lost handle removes the rest. Equal calls in equal order give equal bytes. Throws `StorageError`.
    public static func createOnDisk(_ url: URL) throws -> HDF5File {
        let partial = url.deletingLastPathComponent()
            .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString).partial")
        // The library does not say why a file cannot be made; the system does.
        let descriptor = Foundation.open(partial.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StorageError.system(errno, path: url.path, writing: true) }
        Foundation.close(descriptor)
        do {
            return try HDF5Library.exclusively { try create(partial, toBecome: url) }
        } catch {
            unlink(partial.path)
            throw error
        }
    }

    private static func create(_ partial: URL, toBecome url: URL) throws -> HDF5File {
        let access = try HDF5Handle(
            H5Pcreate(lab_h5_file_access()), closedBy: H5Pclose, file: url.path, doing: "make a property list")
        H5Pset_libver_bounds(access.id, H5F_LIBVER_V18, H5F_LIBVER_V18)
        // Nobody else knows the temporary name. A lock would outlive the handle in any child process made meanwhile, and keep
        // the finished file from being opened.
        H5Pset_file_locking(access.id, false, true)
        let creation = try HDF5Handle(
            H5Pcreate(lab_h5_file_create()), closedBy: H5Pclose, file: url.path, doing: "make a property list")
        H5Pset_obj_track_times(creation.id, false)
        H5Pset_userblock(creation.id, hsize_t(HDF5Seal.length))
        let file = H5Fcreate(partial.path, lab_h5_truncate(), creation.id, access.id)
        guard file >= 0 else { throw HDF5Library.failure(file: url.path, doing: "create a file") }
        return HDF5File(url: url, file: file, isWritable: true, isSealed: true, partial: partial)
    }

    /// Completes a file that grew on the disk: library's own end, digest, flush, rename.
    func finish(_ state: inout State, _ partial: URL) throws {
        state.isOpen = false
        do {
            try HDF5Library.exclusively {
                let flushed = H5Fflush(state.file, H5F_SCOPE_GLOBAL)
                let failure = flushed < 0 ? HDF5Library.failure(file: url.path, doing: "flush it") : nil
                let closed = H5Fclose(state.file)
                if let failure { throw failure }
                try HDF5Library.check(closed, file: url.path, doing: "close it")
            }
            let block = HDF5Seal.block(digest: try Digest.sha256(file: partial, from: HDF5Seal.length))
            try AtomicFile.complete(partial, withHead: block, as: url)
        } catch {
            unlink(partial.path)
            throw error
        }
    }
}
