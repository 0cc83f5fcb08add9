import CHDF5
import Foundation
import Synchronization

extension HDF5File {
    /// Writes a changed file to its place, atomically, and ends its use; a second call does nothing.
    ///
    /// If the disk is full or not writable the error says so, nothing half-written is left and the content is lost.
    public func close() throws {
        try state.withLock { state in
            guard state.isOpen else { return }
            if let partial = state.partial { return try finish(&state, partial) }
            let image = try HDF5Library.exclusively {
                defer {
                    H5Fclose(state.file)
                    state.isOpen = false
                }
                return state.isWritable ? try Self.image(of: state.file, path: url.path) : nil
            }
            guard let image else { return }
            try AtomicFile.write(state.isSealed ? [HDF5Seal.block(for: image), image] : [image], to: url)
        }
    }

    /// Ends the use of the file without writing anything.
    public func discard() {
        state.withLock { state in
            guard state.isOpen else { return }
            _ = HDF5Library.exclusively { H5Fclose(state.file) }
            if let partial = state.partial { unlink(partial.path) }
            state.isOpen = false
        }
    }

    private static func image(of file: hid_t, path: String) throws -> Data {
        try HDF5Library.check(H5Fflush(file, H5F_SCOPE_GLOBAL), file: path, doing: "flush it")
        let size = H5Fget_file_image(file, nil, 0)
        guard size > 0 else { throw HDF5Library.failure(file: path, doing: "lay it out") }
        var image = Data(count: Int(size))
        let copied = image.withUnsafeMutableBytes { H5Fget_file_image(file, $0.baseAddress, $0.count) }
        guard copied == size else { throw HDF5Library.failure(file: path, doing: "lay it out") }
        HDF5Superblock.repair(&image)
        return image
    }
}
