import ArgumentParser
import LabSimulation

/// What a file of another program does not say of itself.
struct AssumptionOptions: ParsableArguments {
    @Option(help: "Discount a period, for a file that does not say it.")
    var discount = 0.99

    @Option(help: "The number of actions, for a file that does not say it. Default: one more than the greatest.")
    var actions: Int?

    var value: JourneyFormats.Assumptions { .init(discount: discount, actionCount: actions) }

    func validate() throws {
        guard discount > 0, discount <= 1 else { throw ValidationError("--discount must be above 0 and at most 1") }
        guard actions.map({ $0 > 0 && $0 <= 65536 }) ?? true else {
            throw ValidationError("--actions must be from 1 to 65536")
        }
    }
}
