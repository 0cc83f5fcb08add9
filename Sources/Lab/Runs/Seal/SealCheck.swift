import Foundation

/// What comparing every byte of a sealed run with its seal found.
public struct SealCheck: Sendable, Equatable {
    public struct Problem: Sendable, Equatable, Codable {
        /// Relative to the run's folder.
        public var file: String
        public var problem: String
    }

    /// Experiment and number.
    public let run: String
    public let files: Int
    public let bytes: Int
    /// Empty where everything is as it was sealed; otherwise everything that is not.
    public let problems: [Problem]

    public var isSound: Bool { problems.isEmpty }

    /// Reads the whole folder.
    ///
    /// - Parameter progress: hears how many bytes were read.
    /// - Throws: `RunsError.notSealed`; what is wrong with a sealed run is in `problems`.
    public init(folder: URL, progress: (Int) -> Void = { _ in }) throws {
        run = SealFile.reference(folder)
        var problems: [Problem] = []
        func attempt(_ work: () throws -> Void) throws {
            do {
                try work()
            } catch RunsError.damaged(_, let file, let problem) {
                problems.append(Problem(file: file, problem: problem))
            } catch let error as RunsError {
                if case .notSealed = error { throw error }
                problems.append(Problem(file: RunFiles.seal, problem: error.what))
            }
        }
        var found: Seal?
        try attempt { found = try SealFile.read(folder) }
        var read = 0
        if let seal = found {
            for file in seal.files {
                try attempt { try SealFile.verify(file.path, in: folder, seal: seal) }
                read += file.bytes
                progress(read)
            }
            let sealed = Set(seal.files.map(\.path))
            for path in try FolderContent.files(in: folder) where !sealed.contains(path) {
                problems.append(Problem(file: path, problem: "was added after the seal"))
            }
            if problems.isEmpty { try attempt { _ = try SealedRun(folder: folder) } }
        }
        files = found?.files.count ?? 0
        bytes = read
        self.problems = problems
    }
}
