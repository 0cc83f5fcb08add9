/// The exponential moving average of a network's parameters, which often judges better than the last network.
///
/// Source: Polyak and Juditsky, SIAM J. Control Optim. 30(4), 1992; in the form of PyTorch's `AveragedModel` with
/// `get_ema_multi_avg_fn`: the first update copies.
public struct MovingAverage<Network: Parametrised>: Sendable {
    /// The share of the old average that an update keeps.
    public let decay: Float
    /// The average; before the first update the network it began with.
    public internal(set) var network: Network
    public internal(set) var updates = 0

    public init(of network: Network, decay: Float = 0.999) {
        precondition((0...1).contains(decay), "a moving average keeps a share in [0, 1]")
        self.decay = decay
        self.network = network
    }

    /// Takes the network's present parameters in, in place.
    public mutating func update(with current: Network) {
        network.blend(towards: current, rate: updates == 0 ? 1 : 1 - decay)
        updates += 1
    }
}
