import LabDomain

extension StorageError {
    public var what: String {
        switch self {
        case .notFound(let path): "there is no file or folder \(path)"
        case .notPermitted(let path, let action): "no permission to \(action) \(path)"
        case .diskFull(let path): "no space left while writing \(path); nothing half-written was kept"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
        case .damaged(let path, let reason): "\(path) is damaged or not the expected format: \(reason)"
        case .wrongDigest(let path, let expected, let found):
            "\(path) has SHA-256 \(found), expected \(expected)"
        case .closed(let path): "\(path) was already closed"
        case .noSuchObject(let file, let name, let nearest):
            "\(file) has no object \(name)" + (nearest.map { "; the nearest name is \($0)" } ?? "")
        case .wrongType(let file, let name, let wanted, let found):
            "\(name) in \(file) holds \(found), not \(wanted)"
        case .wrongShape(let file, let name, let wanted, let found):
            "\(name) in \(file) has shape \(found), expected \(wanted)"
        case .malformedRecord(let file, let line, let reason): "\(file), line \(line): \(reason)"
        case .missingColumn(let file, let column, let nearest, let present):
            "\(file) has no column \"\(column)\""
                + (nearest.map { "; the nearest is \"\($0)\"" } ?? "; it has \(present.joined(separator: ", "))")
        case .invalidMap(let file, let reason): "the column map \(file) cannot be used: \(reason)"
        case .noUsableRows(let file, let reason): "\(file) has no row that can be used: \(reason)"
        case .datasetExists(let name): "there is already a dataset \(name)"
        case .unknownDataset(let name, let nearest):
            "no dataset is called \(name)" + (nearest.map { "; the nearest name is \($0)" } ?? "")
        case .invalidManifest(let file, let reason): "the dataset manifest \(file) cannot be used: \(reason)"
        case .notPulled(let dataset, let file): "\(file) of dataset \(dataset) is not here yet"
        case .unavailable(let dataset, let attempts):
            "dataset \(dataset) could not be had from any origin: \(attempts.joined(separator: "; "))"
        case .unsupportedFormat(let path, let found, let supported):
            "\(path) has format \(found), this program reads up to \(supported)"
        }
    }

    public var remedy: String {
        switch self {
        case .notFound: "check the path"
        case .notPermitted: "change the permissions or choose another folder"
        case .diskFull: "free some space or choose another disk, then try again"
        case .cannotWrite, .cannotRead: "check the disk and the path, then try again"
        case .damaged: "write the file anew or restore it from where it came from"
        case .wrongDigest:
            "get it again with `labctl data pull`, or `labctl data add --replace` if it is your own; if it persists, the "
                + "origin has changed"
        case .closed: "open the file again"
        case .noSuchObject: "check the name; list the file's contents to see what it holds"
        case .wrongType, .wrongShape: "read it as what it is, or write the file anew"
        case .malformedRecord: "correct that line, or remove it"
        case .missingColumn: "correct the column's name in the map or in the file's first line"
        case .invalidMap: "correct the map; `labctl data add --help` shows an example"
        case .noUsableRows: "correct the file, or the map's columns"
        case .datasetExists: "give another name in the map, or --replace to put this file in its place"
        case .unknownDataset: "`labctl data list` shows all names"
        case .invalidManifest: "correct the manifest or restore the committed one"
        case .notPulled(let dataset, _): "run `labctl data pull \(dataset)`"
        case .unavailable: "check the network, or set LAB_MIRROR to a folder that holds the files"
        case .unsupportedFormat: "use a newer version of this program"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .notFound, .noSuchObject, .unknownDataset, .notPulled: .noInput
        case .notPermitted: .noPermission
        case .diskFull, .cannotWrite, .datasetExists: .cannotCreate
        case .cannotRead: .inputOutput
        case .damaged, .wrongDigest, .wrongType, .wrongShape, .malformedRecord, .missingColumn, .invalidManifest,
            .unsupportedFormat, .noUsableRows:
            .badData
        case .invalidMap: .usage
        case .closed: .ourBug
        case .unavailable: .unavailable
        }
    }
}
