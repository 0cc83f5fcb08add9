import Foundation

/// A rival written in C, compiled with this machine's gcc when the suite starts.
///
/// The program follows `PeerProcess`: it prints its name, then does one round for each line it is sent.
struct CompiledPeer {
    static let flags = ["-O3", "-march=x86-64-v3", "-ffast-math"]
    private let program: URL

    /// Compiles `source` into `folder`; `nil` where there is no gcc or it refuses.
    init?(_ source: String, in folder: URL) {
        program = folder.appending(path: "peer")
        let text = folder.appending(path: "peer.c")
        guard let gcc = try? Program.find("gcc"), (try? Data(source.utf8).write(to: text)) != nil,
            let result = try? Program(gcc, Self.flags + [text.path, "-o", program.path, "-lm"]).run(limit: 120),
            result.status == 0
        else { return nil }
    }

    func start(_ arguments: [String]) -> PeerProcess? {
        try? PeerProcess(program, arguments: arguments)
    }
}
