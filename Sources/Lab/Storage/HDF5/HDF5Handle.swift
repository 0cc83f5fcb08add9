import CHDF5
import Foundation

/// One identifier of the HDF5 library, closed when it goes out of scope.
struct HDF5Handle: ~Copyable {
    let id: hid_t
    private let close: (hid_t) -> herr_t

    /// Takes over `id`; a negative one is HDF5's way to report failure and throws `StorageError.damaged`.
    init(_ id: hid_t, closedBy close: @escaping (hid_t) -> herr_t, file: String, doing action: String) throws {
        guard id >= 0 else { throw HDF5Library.failure(file: file, doing: action) }
        self.id = id
        self.close = close
    }

    deinit { _ = close(id) }
}

/// What is common to all calls of the HDF5 library.
enum HDF5Library {
    /// The error for a call that failed just now on this thread, with the library's own innermost message.
    static func failure(file: String, doing action: String) -> StorageError {
        let message = lastMessage()
        // The library's driver tells the system's error number only inside its message.
        if [ENOSPC, EDQUOT, EFBIG].contains(where: { message.contains("errno = \($0),") }) {
            return .diskFull(path: file)
        }
        return .damaged(path: file, reason: "HDF5 could not \(action)" + message)
    }

    static func check(_ status: herr_t, file: String, doing action: String) throws {
        guard status >= 0 else { throw failure(file: file, doing: action) }
    }

    private static func lastMessage() -> String {
        var text = [CChar](repeating: 0, count: 256)
        lab_h5_last_error(&text, text.count)
        let message = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return message.isEmpty ? "" : " (\(message))"
    }
}
