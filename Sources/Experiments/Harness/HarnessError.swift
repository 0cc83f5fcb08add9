import LabDomain

/// What can go wrong with experiments on Lab itself.
enum HarnessError: ReportableError, Equatable {
    case noLabctl(searched: [String])
    case failed(command: String, problem: String)
    case noKillHit(experiment: String)

    var what: String {
        switch self {
        case .noLabctl: "there is no labctl to start"
        case .failed(let command, let problem): "'labctl \(command)' failed: \(problem)"
        case .noKillHit(let experiment): "trainings of \(experiment) end before they can be killed"
        }
    }

    var remedy: String {
        switch self {
        case .noLabctl(let searched):
            "run 'make build', or name it by LAB_LABCTL; searched: \(searched.joined(separator: ", "))"
        case .failed: "read its message, and run the command by itself"
        case .noKillHit: "give them more work with --set steps=…"
        }
    }

    var status: ExitStatus {
        switch self {
        case .noLabctl: .unavailable
        case .failed, .noKillHit: .ourBug
        }
    }
}
