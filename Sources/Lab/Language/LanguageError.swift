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
    case badTokeniser(file: String, reason: String)
    case badWeights(file: String, reason: String)
    case unsupportedModel(file: String, what: String, supported: String)
    case badTextFile(file: String, line: Int, reason: String)
    case linesDiffer(texts: String, textLines: Int, labels: String, labelLines: Int)
    case unknownLabel(String, file: String, line: Int, known: [String])
    case unknownName(kind: String, name: String, known: [String])

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
        case .badTokeniser(let file, let reason): "the tokeniser file \(file) is unusable: \(reason)"
        case .badWeights(let file, let reason): "the weights \(file) are unusable: \(reason)"
        case .unsupportedModel(let file, let what, _): "\(file) asks for \(what), which is not supported"
        case .badTextFile(let file, let line, let reason): "line \(line) of \(file) is unusable: \(reason)"
        case .linesDiffer(let texts, let textLines, let labels, let labelLines):
            "\(texts) has \(textLines) lines, \(labels) has \(labelLines)"
        case .unknownLabel(let label, let file, let line, let known):
            "line \(line) of \(file) has the label '\(label)', which is none of \(known.joined(separator: ", "))"
        case .unknownName(let kind, let name, let known):
            "there is no \(kind) '\(name)'; there are \(known.joined(separator: ", "))"
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
        case .notFinite: "use a larger l2 or a smaller learning rate"
        case .badTokeniser, .badWeights: "take the file from its origin again; `labctl data verify` finds a damaged one"
        case .unsupportedModel(_, _, let supported): "use a model with \(supported)"
        case .badTextFile: "correct the line; texts are UTF-8, one a line"
        case .linesDiffer: "take both files from the same place again: each text needs one line there"
        case .unknownLabel: "correct the label, or name the class in mapping.txt"
        case .unknownName(let kind, _, _): "name one of them as \(kind)"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .noExamples, .missingClass, .badLexicon, .badModel, .newerModel, .badTokeniser, .badWeights,
            .unsupportedModel, .badTextFile, .linesDiffer, .unknownLabel:
            .badData
        case .lexiconNeeded, .badRecipe, .notFinite, .unknownName: .usage
        }
    }
}
