public import Foundation
public import LabStatistics

/// A published classification task with its classes and official measure.
///
/// Source of layout and measures: Barbieri et al., "TweetEval", Findings of EMNLP 2020, section 3.
public enum LanguageTask: String, Sendable, Codable, CaseIterable {
    case emotion
    case sentiment
    case emoji
    case irony
    case hate
    case offensive
    case stance

    /// The task of a name.
    ///
    /// - Throws: `LanguageError.unknownName` with all names.
    public init(named name: String) throws {
        guard let task = LanguageTask(rawValue: name) else {
            throw LanguageError.unknownName(kind: "task", name: name, known: Self.allCases.map(\.rawValue))
        }
        self = task
    }

    /// Names in the order of their numbers, as TweetEval's `mapping.txt` have them.
    public var classes: [String] {
        switch self {
        case .emotion: ["anger", "joy", "optimism", "sadness"]
        case .sentiment: ["negative", "neutral", "positive"]
        case .emoji:
            [
                "❤", "😍", "😂", "💕", "🔥", "😊", "😎", "✨", "💙", "😘", "📷", "🇺🇸", "☀", "💜", "😉", "💯", "😁", "🎄", "📸", "😜",
            ]
        case .irony: ["non_irony", "irony"]
        case .hate: ["not-hate", "hate"]
        case .offensive: ["not-offensive", "offensive"]
        case .stance: ["none", "against", "favor"]
        }
    }

    /// What the task is judged by.
    public var measure: ClassificationMeasure {
        switch self {
        case .emotion, .emoji, .hate, .offensive: .macroF1
        case .sentiment: .macroRecall
        case .irony: .f1(ofClass: 1)
        case .stance: .meanF1(ofClasses: [1, 2])
        }
    }

    /// Reads a split from the task's own folder, or from one that holds a folder of the task's name.
    ///
    /// - Throws: as `LabelledTexts.read(folder:split:)`; `LanguageError.unknownName` where the folder's classes are those of
    ///   another task.
    public func read(_ folder: URL, split: String) throws -> LabelledTexts {
        let below = folder.appending(path: rawValue)
        let isAbove = FileManager.default.fileExists(atPath: below.path)
        let texts = try LabelledTexts.read(folder: isAbove ? below : folder, split: split)
        guard texts.classes == classes else {
            let other = Self.allCases.first { $0.classes == texts.classes }
            throw LanguageError.unknownName(
                kind: "folder of the task \(rawValue)",
                name: folder.lastPathComponent + (other.map { " (its classes are those of \($0.rawValue))" } ?? ""),
                known: classes)
        }
        return texts
    }
}
