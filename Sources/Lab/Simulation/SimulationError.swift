import LabDomain

/// What can go wrong in a simulation.
public enum SimulationError: ReportableError, Equatable {
    /// An action outside 0 ..< `count`.
    case unknownAction(action: Int, customer: Int, count: Int)
    /// One action a customer is needed.
    case wrongActionCount(given: Int, needed: Int)
    /// A parameter table that cannot be simulated.
    case invalidParameters(String)
    /// No preset of this name.
    case unknownPreset(String)
    /// No switch of this name.
    case unknownSwitch(String)
    /// No policy of this name.
    case unknownPolicy(String)
    /// A voice without an utterance for one of the emotions.
    case silentVoice(emotion: String)
    /// A journey log that contradicts itself, with the place.
    case inconsistentLog(String)
    /// An episode that contradicts itself, by its number in the file; `step` where one decision is to blame.
    case inconsistentJourney(file: String, episode: Int, step: Int?, reason: String)
    /// A policy that decides on other observations or actions than the environment's.
    case policyDoesNotFit(String)

    public var what: String {
        switch self {
        case .unknownAction(let action, let customer, let count):
            "action \(action) for customer \(customer) is outside 0 ..< \(count)"
        case .wrongActionCount(let given, let needed): "\(given) actions were given for \(needed) customers"
        case .invalidParameters(let reason): "the simulator's parameters cannot be used: \(reason)"
        case .unknownPreset(let name): "there is no preset '\(name)'"
        case .unknownSwitch(let name): "there is no switch '\(name)'"
        case .unknownPolicy(let name): "there is no policy '\(name)' in the simulator"
        case .silentVoice(let emotion): "the recorded voice has no post with the label \(emotion)"
        case .inconsistentLog(let reason): "the journey log is inconsistent: \(reason)"
        case .inconsistentJourney(let file, let episode, let step, let reason):
            "\(file), episode \(episode)\(step.map { ", step \($0)" } ?? ""): \(reason)"
        case .policyDoesNotFit(let reason): "the policy does not fit the environment: \(reason)"
        }
    }

    public var remedy: String {
        switch self {
        case .unknownAction, .wrongActionCount: "give one action of the environment's action space for each customer"
        case .invalidParameters: "start from the preset and change single values"
        case .unknownPreset: "use one of: \(EmoSeqParameters.presetNames.joined(separator: ", "))"
        case .unknownSwitch: "use any of: \(EmoSeqSwitches.names.joined(separator: ", "))"
        case .unknownPolicy: "use one of: \(EmoSeqPolicyName.allCases.map(\.rawValue).joined(separator: ", "))"
        case .silentVoice: "use a reading of posts that covers negative, neutral and positive labels"
        case .inconsistentLog: "write the log again; logs are made by `profiles/journeys` or by `JourneyFile`"
        case .inconsistentJourney:
            "correct that episode where the log was made, or leave it out; then write the file again"
        case .policyDoesNotFit: "train the policy on journeys of this environment"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .unknownAction, .wrongActionCount: .ourBug
        case .unknownPreset, .unknownSwitch, .unknownPolicy: .usage
        case .invalidParameters, .silentVoice, .inconsistentLog, .inconsistentJourney, .policyDoesNotFit:
            .badData
        }
    }
}
