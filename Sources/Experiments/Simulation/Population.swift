import LabDomain
import LabRuns
import LabSafeguards
import LabSimulation

/// An EmoSeq population with what is known exactly about it.
struct Population {
    let parameters: EmoSeqParameters
    let kernel: EmoSeqKernel
    /// The optimum that does what it likes.
    let free: EmoSeqSolution
    /// The optimum under the safeguard: the mask is drawn by what is read.
    let guarded: EmoSeqSolution
    /// The optimum that never promotes to the negative and is otherwise free.
    let unexploiting: EmoSeqSolution
    let rules: AssessedActions
    let safeguard: Safeguard

    init(_ parameters: EmoSeqParameters, safeguard: Safeguard) throws {
        self.parameters = parameters
        self.safeguard = safeguard
        kernel = EmoSeqKernel(parameters)
        free = EmoSeqSolution.optimum(kernel)
        rules = try AssessedActions(parameters, safeguard: safeguard)
        guarded = EmoSeqSolution.optimum(kernel, under: rules)
        let kinds = parameters.actions.map(\.creative)
        let emotions = (0..<parameters.stateCount).map { parameters.state($0).emotion } + [1]
        unexploiting = EmoSeqSolution.optimum(kernel) { state, action in
            emotions[state] != 0 || kinds[action] != .promote
        }
    }

    /// What the safeguard costs the optimum, currency units a customer.
    var safeguardPrice: Double { free.value - guarded.value }
    /// What never promoting to the negative costs the optimum: the gain from exploiting distress.
    var exploitationGain: Double { free.value - unexploiting.value }

    /// The exact figures and the sentences that explain them.
    var figures: [Figure] {
        [
            Figure("optimum", free.value, unit: "EUR/customer"),
            Figure("optimumGuarded", guarded.value, unit: "EUR/customer"),
            Figure("safeguardPrice", safeguardPrice, unit: "EUR/customer"),
            Figure("exploitationGain", exploitationGain, unit: "EUR/customer"),
            Figure("missedDistressExact", rules.odds.missedRate),
        ]
    }

    static let notes = [
        """
        The optima are exact and know the hidden state, which no real policy does; the guarded one may do at each \
        decision what the reading permits, and the reading is noisy.
        """,
        """
        safeguardPrice is optimum less optimumGuarded. Part of it is not exploitation: the safeguard also forbids \
        empathy to the distressed and promotion to the unknown. exploitationGain is what the optimum gains by promoting \
        to negative customers at all.
        """,
    ]
}

/// The settings by which a configuration describes a population.
enum PopulationSettings {
    static let preset = Setting("preset", "The population: S with 12 actions or L with 49.")
    static let switches = Setting(
        "switches",
        "What is changed of it: any of easy, noisy, poor-overlap, non-stationary, confounded, exploitable.")

    /// The parameters that preset, switches and knobs describe, validated.
    static func parameters(
        preset: String, switches: [String], knobs: PopulationKnobs, under group: String
    ) throws -> EmoSeqParameters {
        let chosen = try EmoSeqParameters.preset(named: preset, switches: EmoSeqSwitches(names: switches))
        let parameters = try knobs.applied(to: chosen, under: group)
        try parameters.validate()
        return parameters
    }
}
