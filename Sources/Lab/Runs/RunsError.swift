import LabDomain

/// What can go wrong with experiments, configurations, runs and workspaces.
public enum RunsError: ReportableError, Equatable {
    // Names
    case unknownExperiment(name: String, nearest: String?, known: [String])
    case unknownPipeline(name: String, nearest: String?, known: [String])
    case unknownRun(reference: String, nearest: String?)
    case ambiguousRun(reference: String, matches: [String])
    case unknownFigure(name: String)
    case unknownField(name: String, nearest: String?)
    case badQuery(text: String, position: Int, problem: String, nearest: String?)
    case badTag(String)
    case nothingToEvaluate(experiment: String)
    // Configuration
    case malformedYAML(source: String, line: Int?, problem: String)
    case unknownKey(key: String, source: String, line: Int?, nearest: String?)
    case wrongType(key: String, source: String, line: Int?, expected: String, found: String)
    case invalidSetting(key: String, value: String, requirement: String)
    case malformedOverride(String)
    // Studies
    case malformedSeeds(text: String, problem: String)
    case malformedVariant(text: String, problem: String)
    case studySchema(variant: String, run: String, figure: String, problem: String)
    case studyIncomplete(study: String, failed: [String], total: Int, status: ExitStatus)
    case foreignCell(run: String, role: String)
    case unknownMetric(name: String, nearest: String?, known: [String])
    // Inputs
    case missingInput(role: String, experiment: String)
    case unknownRole(role: String, experiment: String, known: [String])
    case wrongInput(role: String, expected: String, found: String)
    case notSealed(run: String, state: String)
    case undeclaredDataset(name: String, experiment: String)
    case unavailableDataset(name: String)
    case missingArtifact(name: String, run: String, known: [String])
    case duplicateArtifact(name: String)
    case badArtifactName(String)
    // Folders and files
    case damaged(run: String, file: String, problem: String)
    case unsupportedFormat(file: String, found: Int, supported: Int)
    case unreadableNotes(file: String)
    case cannotCreate(path: String, problem: String)
    case cannotWrite(path: String, problem: String)
    case cannotRead(path: String, problem: String)
    case diskFull(path: String)
    case noPermission(path: String)
    case locked(run: String)
    // Resuming
    case alreadySealed(run: String)
    case notResumable(run: String, problem: String)
    case otherCode(run: String, before: String, now: String)
    case changedInput(run: String, what: String)
    // Other programs
    case commandNotFound(name: String, problem: String)
    case commandFailed(run: String, command: String, code: Int32)
    case notReexecutable(run: String, reason: String, remedy: String)
    // Course of events
    case interrupted(run: String)
    case pipelineIncomplete(pipeline: String, problem: String)
    case defect(String)
}
