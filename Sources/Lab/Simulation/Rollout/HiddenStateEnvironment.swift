public import LabDomain

/// An environment that knows what it hides: for policies that serve as references, and for judging what was missed. Nothing
/// of it enters an observation.
public protocol HiddenStateEnvironment: CustomerEnvironment {
    /// The number of each customer's hidden state, in the batch's order.
    var hiddenStates: [Int32] { get }
    /// Each customer's hidden emotion: 0 negative, 1 neutral, 2 positive.
    var hiddenEmotions: [Int32] { get }
}

/// An environment that can be stepped by single periods: an action is an option in its first period and the quiet option
/// in the others.
public protocol PeriodicEnvironment: CustomerEnvironment {
    /// The option of doing nothing.
    var quietOption: Int32 { get }
    func firstOption(ofAction action: Int32) -> Int32
    /// How many periods an action takes.
    func periods(ofAction action: Int32) -> Int32

    /// Plays one period of each customer whose episode goes on.
    ///
    /// - Parameter options: one a customer, in 0 ... `quietOption`.
    mutating func stepPeriod(options: [Int32], into batch: inout EnvironmentBatch) throws
}
