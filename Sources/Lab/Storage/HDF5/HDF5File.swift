import CHDF5
import Foundation
import Synchronization

/// An HDF5 file: groups, n-dimensional datasets and attributes, by slash-separated paths such as `/episode_0/rewards`.
///
/// A new file is built in memory and reaches the disk in one step when `close()` is called, under a temporary name that
/// is then renamed, so that nobody sees half a file and a full disk leaves nothing behind; it must therefore fit in
/// memory. `createOnDisk` makes one that need not, under the same promises. Equal content gives equal bytes: the library's time stamps are off. The first 512 bytes (HDF5's user block,
/// which other readers skip) carry the SHA-256 of the rest; `open` checks it before the library sees a byte. Files of
/// other programs have no such digest: for them the library's own checks must do.
///
/// Calls from several threads are serialised. Errors are `StorageError`.
public final class HDF5File: Sendable {
    /// Where the file is or will be.
    public let url: URL
    let state: Mutex<State>

    struct State {
        var file: hid_t
        var isWritable: Bool
        var isSealed: Bool
        /// Where a file that grows on the disk lies until it is complete; `nil` for one in memory.
        var partial: URL?
        var isOpen = true
    }

    init(url: URL, file: hid_t, isWritable: Bool, isSealed: Bool, partial: URL? = nil) {
        self.url = url
        state = Mutex(State(file: file, isWritable: isWritable, isSealed: isSealed, partial: partial))
    }

    /// A new, empty file that appears at `url` when closed; one that exists there is replaced then.
    ///
    /// `sealed: false` leaves the digest out, for files that other programs will change.
    public static func create(_ url: URL, sealed: Bool = true) throws -> HDF5File {
        try HDF5Library.exclusively {
            let access = try memoryAccess(url)
            let creation = try HDF5Handle(
                H5Pcreate(lab_h5_file_create()), closedBy: H5Pclose, file: url.path, doing: "make a property list")
            H5Pset_obj_track_times(creation.id, false)
            let file = H5Fcreate(memoryName(), lab_h5_truncate(), creation.id, access.id)
            guard file >= 0 else { throw HDF5Library.failure(file: url.path, doing: "create a file") }
            return HDF5File(url: url, file: file, isWritable: true, isSealed: sealed)
        }
    }

    /// Opens an existing file for reading; one that was cut short or altered is refused.
    ///
    /// A file without digest, of another program, is first read by a child process (`HDF5Trial`).
    public static func open(_ url: URL) throws -> HDF5File {
        let offset = try HDF5Seal.verifiedOffset(of: url)
        if offset == 0 { try HDF5Trial.check(url) }
        return try HDF5Library.exclusively {
            let file = H5Fopen(url.path, lab_h5_read_only(), lab_h5_default())
            guard file >= 0 else { throw HDF5Library.failure(file: url.path, doing: "open it") }
            return HDF5File(url: url, file: file, isWritable: false, isSealed: offset > 0)
        }
    }

    /// Opens an existing file for changes, which reach the disk together when the file is closed.
    public static func update(_ url: URL) throws -> HDF5File {
        let offset = try HDF5Seal.verifiedOffset(of: url)
        if offset == 0 { try HDF5Trial.check(url) }
        var image: Data
        do {
            image = try Data(contentsOf: url).dropFirst(offset)
        } catch {
            throw StorageError.cannotRead(path: url.path, reason: "\(error.localizedDescription)")
        }
        return try HDF5Library.exclusively {
            let access = try memoryAccess(url)
            let status = image.withUnsafeMutableBytes { H5Pset_file_image(access.id, $0.baseAddress, $0.count) }
            try HDF5Library.check(status, file: url.path, doing: "load it")
            let file = H5Fopen(memoryName(), lab_h5_read_write(), access.id)
            guard file >= 0 else { throw HDF5Library.failure(file: url.path, doing: "open it") }
            return HDF5File(url: url, file: file, isWritable: true, isSealed: offset > 0)
        }
    }

    deinit {
        // A file that was never closed was not finished: it is dropped, not written.
        discard()
    }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Runs `body` with the open file's identifier; throws `.closed` after `close()`.
    func withFile<Result>(writing: Bool = false, _ body: (hid_t) throws -> Result) throws -> Result {
        try state.withLock { state in
            guard state.isOpen else { throw StorageError.closed(path: url.path) }
            guard !writing || state.isWritable else {
                throw StorageError.notPermitted(path: url.path, action: "write to the read-only handle of")
            }
            HDF5Library.enter()
            defer { HDF5Library.leave() }
            return try body(state.file)
        }
    }

    /// A file held in memory grows by 1 MiB at a time.
    private static func memoryAccess(_ url: URL) throws -> HDF5Handle {
        let access = try HDF5Handle(
            H5Pcreate(lab_h5_file_access()), closedBy: H5Pclose, file: url.path, doing: "make a property list")
        H5Pset_fapl_core(access.id, 1 << 20, false)
        // The format of HDF5 1.8: readable everywhere, with check sums on most of its structure.
        H5Pset_libver_bounds(access.id, H5F_LIBVER_V18, H5F_LIBVER_V18)
        return access
    }

    /// The library recognises an open file by its name, so each file in memory has its own.
    private static func memoryName() -> String { "memory-\(UUID().uuidString)" }
}
