import LabDomain

extension RunsError {
    public var what: String {
        switch self {
        case .unknownExperiment(let name, _, _): "there is no experiment '\(name)'"
        case .unknownPipeline(let name, _, _): "there is no pipeline '\(name)'"
        case .unknownRun(let reference, _): "there is no run '\(reference)' in this workspace"
        case .ambiguousRun(let reference, _): "several runs have an id that begins with '\(reference)'"
        case .unknownFigure(let name): "no figure is called '\(name)'"
        case .unknownField(let name, _): "no run has a field '\(name)'"
        case .badQuery(let text, let position, let problem, _):
            text.isEmpty ? problem : "query, character \(position): \(problem)"
        case .badTag(let tag): "'\(tag)' cannot be a tag"
        case .nothingToEvaluate(let experiment):
            "experiment '\(experiment)' has nothing to evaluate apart from training"
        case .malformedYAML(let source, let line, let problem): "\(place(source, line)) is not valid YAML: \(problem)"
        case .unknownKey(let key, let source, let line, _): "\(place(source, line)): unknown setting '\(key)'"
        case .wrongType(let key, let source, let line, let expected, let found):
            "\(place(source, line)): setting '\(key)' must be \(expected), found \(found)"
        case .invalidSetting(let key, let value, let requirement):
            "setting '\(key)' is \(value), but it must be \(requirement)"
        case .malformedOverride(let text): "'\(text)' is not of the form key=value"
        case .malformedSeeds(let text, let problem): "'\(text)' is no list of seeds: \(problem)"
        case .malformedVariant(let text, let problem): "'\(text)' is no variant of this study: \(problem)"
        case .studySchema(let variant, let run, let figure, let problem):
            "variant '\(variant)' cannot be compared: figure '\(figure)' of run \(run): \(problem)"
        case .studyIncomplete(let study, let failed, let total, _):
            "\(failed.count) of \(total) runs of \(study) failed: \(failed.joined(separator: "; "))"
        case .foreignCell(let run, let role): "run \(run) is not what the study means by '\(role)'"
        case .unknownMetric(let name, _, _): "no metric is called '\(name)'"
        case .missingInput(let role, let experiment): "input '\(role)' (a sealed run of '\(experiment)') is missing"
        case .unknownRole(let role, let experiment, _): "experiment '\(experiment)' has no input '\(role)'"
        case .wrongInput(let role, let expected, let found):
            "input '\(role)' must be a run of '\(expected)', but this is one of '\(found)'"
        case .notSealed(let run, let state): "run \(run) is \(state), not sealed"
        case .undeclaredDataset(let name, let experiment):
            "experiment '\(experiment)' reads dataset '\(name)' without declaring it"
        case .unavailableDataset(let name): "dataset '\(name)' is not available here"
        case .missingArtifact(let name, let run, _): "run \(run) has no artifact '\(name)'"
        case .duplicateArtifact(let name): "artifact '\(name)' is written twice in one run"
        case .badArtifactName(let name): "'\(name)' cannot name an artifact"
        case .damaged(let run, let file, let problem): "run \(run) is damaged: \(file) \(problem)"
        case .unsupportedFormat(let file, let found, let supported):
            "\(file) has format \(found), this version reads up to \(supported)"
        case .unreadableNotes(let file): "\(file) does not hold tags and notes"
        case .cannotCreate(let path, let problem): "cannot create \(path): \(problem)"
        case .cannotWrite(let path, let problem): "cannot write \(path): \(problem)"
        case .cannotRead(let path, let problem): "cannot read \(path): \(problem)"
        case .diskFull(let path): "the disk is full: \(path) could not be written"
        case .noPermission(let path): "no permission to write \(path)"
        case .locked(let run): "run \(run) is being written by another process"
        case .alreadySealed(let run): "run \(run) is sealed already"
        case .notResumable(let run, let problem): "run \(run) cannot be resumed: \(problem)"
        case .otherCode(let run, let before, let now):
            "run \(run) was begun by code \(before.prefix(12)), this is code \(now.prefix(12))"
        case .changedInput(let run, let what):
            "run \(run) cannot be resumed: \(what) is not what the run began with"
        case .commandNotFound(let name, let problem): "'\(name)' cannot be started: \(problem)"
        case .commandFailed(let run, let command, let code):
            "'\(command)' ended with exit code \(code); run \(run) is kept, unsealed"
        case .notReexecutable(let run, let reason, _): "run \(run) cannot be run again: \(reason)"
        case .interrupted(let run): "interrupted; run \(run) is kept as it is, unsealed"
        case .pipelineIncomplete(let pipeline, let problem): "pipeline '\(pipeline)' is not consistent: \(problem)"
        case .defect(let what): what
        }
    }

    public var remedy: String {
        switch self {
        case .unknownExperiment(_, let nearest, let known):
            nearest.map { "did you mean '\($0)'?" } ?? "known are: \(known.sorted().joined(separator: ", "))"
        case .unknownPipeline(_, let nearest, let known):
            nearest.map { "did you mean '\($0)'?" } ?? "known are: \(known.sorted().joined(separator: ", "))"
        case .unknownRun(_, let nearest):
            nearest.map { "did you mean '\($0)'?" } ?? "see 'labctl runs list'; a run is <experiment>/<number> or an id"
        case .ambiguousRun(_, let matches): "give more of it, or one of: \(matches.joined(separator: ", "))"
        case .unknownFigure: "see the figures with 'labctl runs show'"
        case .unknownField(_, let nearest), .badQuery(_, _, _, let nearest):
            nearest.map { "did you mean '\($0)'?" } ?? "see 'labctl runs list --help' for fields and tests"
        case .badTag: "use letters, digits and . _ - / : + without spaces, not beginning with -"
        case .nothingToEvaluate(let experiment): "see its result with 'labctl train \(experiment)'"
        case .malformedYAML: "correct the file; 'labctl experiments show' prints a complete configuration"
        case .unknownKey(_, _, _, let nearest):
            nearest.map { "did you mean '\($0)'?" } ?? "'labctl experiments show' lists the settings"
        case .wrongType: "'labctl experiments show' lists the settings with their defaults"
        case .invalidSetting(let key, _, _): "change it with --set \(key)=… or in the file given by --config"
        case .malformedOverride: "write for example --set learningRate=0.001"
        case .malformedSeeds: "write for example --seeds 0..9 or --seeds 1,2,5"
        case .malformedVariant: "write for example --vary alpha=0.1,0.3 or --variant alpha=0.1,beta=2"
        case .studySchema:
            "let every variant give the same figures, or study them apart; all runs stay sealed and are used again"
        case .studyIncomplete: "correct the cause and give the same command again; the sealed runs are used again"
        case .foreignCell: "give the study's own cells, or start it with 'labctl study'"
        case .unknownMetric(_, let nearest, let known):
            nearest.map { "did you mean '\($0)'?" }
                ?? (known.isEmpty ? "nothing was measured" : "there are: \(known.joined(separator: ", "))")
        case .missingInput(let role, let experiment):
            "run 'labctl train \(experiment)' first or give --input \(role)=RUN"
        case .unknownRole(_, _, let known):
            known.isEmpty ? "it has no inputs" : "its inputs are: \(known.joined(separator: ", "))"
        case .wrongInput(_, let expected, _): "choose a run listed by 'labctl runs list \(expected)'"
        case .notSealed(let run, let state):
            state == RunState.running.rawValue
                ? "wait until it is done, or choose a sealed run"
                : "go on with it by 'labctl resume \(run)', or choose a sealed run"
        case .undeclaredDataset(let name, _): "return '\(name)' from the experiment's datasets(_:)"
        case .unavailableDataset(let name): "fetch it with 'labctl data pull \(name)'"
        case .missingArtifact(_, _, let known):
            known.isEmpty ? "it has no artifacts" : "it has: \(known.joined(separator: ", "))"
        case .duplicateArtifact: "give each artifact a name of its own"
        case .badArtifactName: "use a relative path without '..', '\\' or a leading '/'"
        case .damaged: "restore the run from a copy, or delete its folder and run the experiment again"
        case .unreadableNotes: "correct the file, or remove it and put the tags there again"
        case .unsupportedFormat: "use the version of Lab that wrote it, or a newer one"
        case .cannotCreate, .cannotWrite: "check the path, or choose another workspace with --workspace DIR"
        case .cannotRead: "check that the file exists and can be read"
        case .diskFull: "free some space and run the command again; what was sealed before is intact"
        case .noPermission: "give yourself write permission, or choose another workspace with --workspace DIR"
        case .locked: "wait for it, or choose another run"
        case .alreadySealed(let run): "see it with 'labctl runs show \(run)'; 'labctl reproduce \(run)' proves it"
        case .notResumable: "run the experiment again with 'labctl train'"
        case .otherCode(let run, _, _):
            "build the version that began \(run), or run the experiment again from the config.yaml in its folder"
        case .changedInput: "bring back what it began with, or run the experiment again"
        case .interrupted(let run): "go on with 'labctl resume \(run)'"
        case .commandNotFound: "check the spelling; a script needs its interpreter: labctl run -- python train.py"
        case .commandFailed: "see its output in the run's folder, artifacts/output.txt"
        case .notReexecutable(_, _, let remedy): remedy
        case .pipelineIncomplete: "correct the pipeline's stages"
        case .defect: "please report this with the command that led to it"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .studyIncomplete(_, _, _, let status): status
        case .ambiguousRun, .unknownField, .badQuery, .badTag: .usage
        case .unreadableNotes: .badData
        case .unknownExperiment, .unknownPipeline, .malformedOverride, .malformedSeeds, .malformedVariant,
            .unknownMetric, .unknownRole, .wrongInput, .unknownFigure,
            .nothingToEvaluate:
            .usage
        case .malformedYAML, .unknownKey, .wrongType, .invalidSetting, .damaged, .unsupportedFormat, .otherCode,
            .changedInput, .studySchema, .foreignCell:
            .badData
        case .unknownRun, .missingInput, .notSealed, .missingArtifact, .cannotRead: .noInput
        case .alreadySealed: .usage
        case .notResumable: .noInput
        case .unavailableDataset, .commandNotFound, .notReexecutable: .unavailable
        case .commandFailed: .negative
        case .undeclaredDataset, .duplicateArtifact, .badArtifactName, .pipelineIncomplete, .defect: .ourBug
        case .cannotCreate: .cannotCreate
        case .cannotWrite, .diskFull: .inputOutput
        case .noPermission: .noPermission
        case .locked: .tryAgain
        case .interrupted: .interrupted
        }
    }

    private func place(_ source: String, _ line: Int?) -> String { line.map { "\(source), line \($0)" } ?? source }
}
