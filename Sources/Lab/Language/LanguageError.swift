public import LabDomain

/// What can go wrong when a reader is trained, saved, loaded or used.
public enum LanguageError: ReportableError, Equatable {
    case noExamples(what: String)
    case missingClass(String)
    case badLexicon(file: String, line: Int, reason: String)
    case badModel(file: String, reason: String)
    case newerModel(file: String, found: Int, known: Int)
    case lexiconNeeded
    case badRecipe(String)
    case notFinite(what: String)

    public var what: String {
        switch self {
        case .noExamples(let what): "there are no examples \(what)"
        case .missingClass(let name): "no training example is \(name)"
        case .badLexicon(let file, let line, let reason): "line \(line) of the lexicon \(file) is unusable: \(reason)"
        case .badModel(let file, let reason): "the model file \(file) is unusable: \(reason)"
        case .newerModel(let file, let found, let known):
            "the model file \(file) has format \(found), this version of Lab knows formats up to \(known)"
        case .lexiconNeeded: "the recipe asks for lexicon features, but no lexicon was given"
        case .badRecipe(let reason): "the feature recipe is unusable: \(reason)"
        case .notFinite(let what): "\(what) is not finite"
        }
    }

    public var remedy: String {
        switch self {
        case .noExamples: "use a dataset with labelled posts in every split"
        case .missingClass: "use a dataset in which each class occurs, or other thresholds of the rating"
        case .badLexicon: "use the published file, a token, a tab and its mean valence a line"
        case .badModel: "take the file from its sealed run again, or train anew"
        case .newerModel: "use the version of Lab that wrote it, or train anew"
        case .lexiconNeeded: "give the lexicon, or leave lexicon features out"
        case .badRecipe: "correct the configuration"
        case .notFinite: "use a larger l2"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .noExamples, .missingClass, .badLexicon, .badModel, .newerModel: .badData
        case .lexiconNeeded, .badRecipe, .notFinite: .usage
        }
    }
}
