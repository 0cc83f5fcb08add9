public import LabDomain

/// What goes wrong when ads are written.
public enum CreativeError: ReportableError, Equatable {
    /// A language model did not answer as hoped.
    case model(ModelFailure)
    /// A model's answer is not the JSON object that the prompt asked for.
    case unreadableAnswer(model: String, excerpt: String)
    /// A template's braces do not match, or a slot has no name.
    case malformedTemplate(template: String, position: Int, reason: String)
    /// A template asks for a value that was not given and has no fallback.
    case missingSlot(template: String, slot: String)
    /// A slot was given a value of another type than it declares.
    case wrongSlotType(template: String, slot: String, expected: String)
    /// A call would exceed the budget; nothing was called and nothing was spent.
    case budgetExceeded(cap: Money, committed: Money, needed: Money)
    /// A price is not known, so that a call cannot be reserved.
    case noPrice(model: String)
    /// A reservation was settled or released before, or never made.
    case unknownReservation(Int64)
    /// The ledger on disk was opened with another cap or currency than it was made with.
    case ledgerDiffers(path: String, found: Money, asked: Money)
    /// Neither model nor templates gave a creative that passes the checks.
    case noCreative(kind: CreativeKind, sentiment: Sentiment, platform: Platform, reasons: [String])

    public var what: String {
        switch self {
        case .model(let failure): failure.what
        case .unreadableAnswer(let model, let excerpt): "the answer of \(model) is not the object asked for: \(excerpt)"
        case .malformedTemplate(let template, let position, let reason):
            "template '\(template)' is malformed at character \(position): \(reason)"
        case .missingSlot(let template, let slot): "template '\(template)' needs a value for '\(slot)'"
        case .wrongSlotType(let template, let slot, let expected):
            "slot '\(slot)' of template '\(template)' takes a \(expected)"
        case .budgetExceeded(let cap, let committed, let needed):
            "a call of up to \(needed.units) \(needed.currency) would exceed the cap of \(cap.units): "
                + "\(committed.units) are spent or reserved"
        case .noPrice(let model): "no price is known for the model '\(model)'"
        case .unknownReservation(let id): "reservation \(id) is not open"
        case .ledgerDiffers(let path, let found, let asked):
            "the cost ledger \(path) has a cap of \(found.units) \(found.currency), not \(asked.units) \(asked.currency)"
        case .noCreative(let kind, let sentiment, let platform, let reasons):
            "no \(kind.name) creative for \(sentiment.name) on \(platform.rawValue) passes: "
                + reasons.joined(separator: "; ")
        }
    }

    public var remedy: String {
        switch self {
        case .model(let failure): failure.remedy
        case .unreadableAnswer: "ask again with a lower temperature, or with a model that follows a JSON schema"
        case .malformedTemplate: "write slots as {name} or {name|fallback}, and braces of the text as {{ and }}"
        case .missingSlot: "give the value, or write a fallback as {name|fallback}"
        case .wrongSlotType: "give a value of that type"
        case .budgetExceeded: "raise the cap, ask for fewer variants, or choose a cheaper model"
        case .noPrice: "add the model to the price table"
        case .unknownReservation: "settle or release a reservation once"
        case .ledgerDiffers: "use the cap the ledger was made with, or another ledger"
        case .noCreative: "loosen the brand's rules, raise the number of attempts, or write a template that passes"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .model(let failure): failure.status
        case .unreadableAnswer, .malformedTemplate, .noCreative: .badData
        case .missingSlot, .wrongSlotType, .noPrice, .ledgerDiffers: .usage
        case .budgetExceeded: .noPermission
        case .unknownReservation: .ourBug
        }
    }
}
