import CHDF5
import Foundation

/// A child process reads a file of another program first: what crashes libhdf5 crashes the child only.
///
/// Measured with libhdf5 1.10.8: of 3,000 files of d3rlpy, Minari and D4RL's form with one to three altered bytes, seven killed
/// the process that read them (six by a wrong address or a spoiled heap, one by running in circles).
enum HDF5Trial {
    /// Throws `StorageError.damaged` if reading the file would end this process.
    static func check(_ url: URL) throws {
        var information = stat()
        guard stat(url.path, &information) == 0 else {
            throw StorageError.system(errno, path: url.path, writing: false)
        }
        // Generous: 10 s and what an honest file takes at 10 MB/s; structures that run in circles take for ever.
        let seconds = UInt32(clamping: 10 + information.st_size / 10_000_000)
        let signal = HDF5Library.exclusively { lab_h5_trial(url.path, seconds) }
        guard signal == 0 else {
            let reason =
                signal < 0
                ? "no child process could be made to try it"
                : "its structure is damaged (reading it would end this process with signal \(signal))"
            throw StorageError.damaged(path: url.path, reason: reason)
        }
    }
}

extension HDF5Library {
    private static let calls = NSLock()

    /// Keeps all other threads out of the library until `leave()`, and the library's messages off the terminal.
    ///
    /// The library lets in one thread at a time anyway; a trial must know that none is inside.
    static func enter() {
        calls.lock()
        lab_h5_silence()
    }

    static func leave() { calls.unlock() }

    /// Runs `body` between `enter()` and `leave()`.
    static func exclusively<Result>(_ body: () throws -> Result) rethrows -> Result {
        enter()
        defer { leave() }
        return try body()
    }
}
