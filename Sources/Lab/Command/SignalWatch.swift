import Dispatch
import Foundation
import LabDomain
import LabRuns
import Synchronization

/// Turns SIGINT and SIGTERM into a wish to stop; the second one ends the process at once.
final class SignalWatch: Sendable {
    // Dispatch sources are safe to use from any thread; the type just does not say so.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

    init(interruption: Interruption) {
        let console = Console.current
        let queue = DispatchQueue(label: "lab.signals")
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if interruption.isRequested { _exit(ExitStatus.interrupted.rawValue) }
                interruption.request()
                console.note("\nstopping at the next step; press Ctrl-C again to stop at once")
            }
            source.activate()
            return source
        }
    }

    /// Gives the signals back to the system.
    func stop() {
        for source in sources { source.cancel() }
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}
