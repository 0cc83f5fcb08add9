import LabDomain

/// What can go wrong around the runs: programs, benchmarks and notebooks.
public enum WorkbenchError: ReportableError, Equatable {
    case noProgram(name: String, searched: String)
    case programFailed(name: String, status: Int32, output: String)
    case programTimedOut(name: String, seconds: Double)
    case unknownSuite(name: String, known: [String])
    case peerFailed(name: String, problem: String)
    case cannotRead(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    case malformedNotebook(path: String, line: Int, problem: String)
    case cellFailed(path: String, line: Int, expected: Int32, status: Int32, output: String)
    case notebookDiffers(path: String, differences: [String])
}

extension WorkbenchError {
    public var what: String {
        switch self {
        case .noProgram(let name, let searched): "there is no program '\(name)' in \(searched)"
        case .programFailed(let name, let status, let output):
            "'\(name)' ended with status \(status): \(Self.tail(output))"
        case .programTimedOut(let name, let seconds): "'\(name)' had not ended after \(seconds) s"
        case .unknownSuite(let name, let known):
            "there is no benchmark suite '\(name)'; there are: \(known.joined(separator: ", "))"
        case .peerFailed(let name, let problem): "the peer \(name) failed: \(problem)"
        case .cannotRead(let path, let reason): "\(path) cannot be read: \(reason)"
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
        case .malformedNotebook(let path, let line, let problem): "\(path), line \(line): \(problem)"
        case .cellFailed(let path, let line, let expected, let status, let output):
            "\(path), line \(line): the cell ended with status \(status), not \(expected): \(Self.tail(output))"
        case .notebookDiffers(let path, let differences):
            "\(path) is not what its commands give: \(differences.joined(separator: "; "))"
        }
    }

    public var remedy: String {
        switch self {
        case .noProgram: "install it or correct PATH; 'labctl doctor' tells what is needed"
        case .programFailed, .programTimedOut: "run it by hand and read what it says"
        case .unknownSuite: "name one of them, or none to run all"
        case .peerFailed: "run 'make bench', which installs the peers, or give --no-peers"
        case .cannotRead: "check the path and its permissions"
        case .cannotWrite: "check the folder's permissions and the free space"
        case .malformedNotebook: "see 'labctl help notebook' for the form of a notebook"
        case .cellFailed: "mend the command, or write 'sh exits=<status>' where that is what it should do"
        case .notebookDiffers: "if the new outputs are right, write them with 'labctl notebook run'"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .noProgram, .peerFailed: .unavailable
        case .programFailed, .programTimedOut: .ourBug
        case .unknownSuite: .usage
        case .cannotRead: .noInput
        case .cannotWrite: .cannotCreate
        case .malformedNotebook: .badData
        case .cellFailed, .notebookDiffers: .negative
        }
    }

    /// The last lines, which tell why.
    private static func tail(_ output: String) -> String {
        output.split(separator: "\n").suffix(3).joined(separator: " | ")
    }
}
