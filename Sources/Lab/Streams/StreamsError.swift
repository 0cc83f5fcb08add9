public import LabDomain

/// What can go wrong between a source and the event log; a bad record is no error, it is quarantined.
public enum StreamsError: ReportableError, Equatable {
    case unreadable(source: String, reason: String)
    case columnsDoNotFit(source: String, missing: [String], found: [String])
    case unknownFormat(source: String)
    case unknownColumn(String)
    case newerLog(found: Int, known: Int)
    case foreignLog(path: String)
    case otherwiseKept(path: String, sealed: Bool)
    case badShares(String)
    case eventLog(path: String, reason: String)

    public var what: String {
        switch self {
        case .unreadable(let source, let reason): "\(source) cannot be read: \(reason)"
        case .columnsDoNotFit(let source, let missing, let found):
            "\(source) lacks the columns \(missing.joined(separator: ", ")); it has \(found.joined(separator: ", "))"
        case .unknownFormat(let source): "the format of \(source) cannot be told from its name"
        case .unknownColumn(let column): "\"\(column)\" is no column: give a header's name or #1, #2, … by position"
        case .newerLog(let found, let known):
            "the event log has schema \(found), this version of Lab knows schemas up to \(known)"
        case .foreignLog(let path): "\(path) is an SQLite file, but not an event log"
        case .otherwiseKept(let path, let sealed):
            sealed ? "the event log \(path) is sealed and no keys were given" : "the event log \(path) is in clear"
        case .badShares(let reason): "the shares of the splits are unusable: \(reason)"
        case .eventLog(let path, let reason): "the event log \(path) failed: \(reason)"
        }
    }

    public var remedy: String {
        switch self {
        case .unreadable: "check that the file exists, is readable and is the one that was meant"
        case .columnsDoNotFit: "name the columns that the file has in its column map"
        case .unknownFormat: "use a name ending in .tsv, .csv or .jsonl, or state the format in the column map"
        case .unknownColumn: "correct the column map"
        case .newerLog: "use the version of Lab that wrote it, or ingest anew into a new file"
        case .foreignLog: "give another path for the event log"
        case .otherwiseKept(_, let sealed):
            sealed ? "give the vault of the owner who ingested it" : "ingest anew into a new file, which will be sealed"
        case .badShares: "give shares between 0 and 1 for train, calibration, test and speech that sum to 1"
        case .eventLog: "check free space and permissions; what was acknowledged is safe, run the ingest again"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .unreadable: .noInput
        case .columnsDoNotFit, .unknownFormat, .newerLog, .foreignLog: .badData
        case .unknownColumn, .badShares, .otherwiseKept: .usage
        case .eventLog: .inputOutput
        }
    }
}
