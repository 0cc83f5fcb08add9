public import LabNumerics

/// Transitions drawn from a replay buffer; its memory is used again from step to step.
public struct ReplayBatch: Sendable {
    /// Where in the buffer each one lies.
    public internal(set) var places: [Int]
    /// [batch, features], normalised.
    public internal(set) var states: Matrix
    public internal(set) var nextStates: Matrix
    public internal(set) var actions: [Int]
    /// In units of the reward scale.
    public internal(set) var rewards: [Float]
    /// 0 where the episode ends.
    public internal(set) var discounts: [Float]
    /// [batch, actions]: 0 where the state permits an action, very negative elsewhere: added to scores, it forbids.
    public internal(set) var forbidden: Matrix
    /// Row-major [batch, actions]: what the successor permits.
    public internal(set) var nextPermitted: [Bool]
    /// Importance weights of prioritised replay, the largest 1; `nil` where every transition counts alike.
    public internal(set) var weights: [Float]?

    public init(size: Int, features: Int, actions actionCount: Int) {
        places = Array(repeating: 0, count: size)
        states = Matrix(rows: size, columns: features)
        nextStates = Matrix(rows: size, columns: features)
        actions = Array(repeating: 0, count: size)
        rewards = Array(repeating: 0, count: size)
        discounts = Array(repeating: 0, count: size)
        forbidden = Matrix(rows: size, columns: actionCount)
        nextPermitted = Array(repeating: true, count: size * actionCount)
    }

    public var size: Int { places.count }

    /// What is added to the score of a forbidden action.
    static let forbiddance: Float = -1e6

    /// Copies the transitions at `places`.
    mutating func fill(from source: Transitions) {
        let (width, actionCount) = (source.featureCount, source.actionCount)
        source.observations.withUnsafeBufferPointer { table in
            source.permitted.withUnsafeBufferPointer { masks in
                for place in 0..<places.count {
                    let chosen = places[place]
                    let (state, next) = (Int(source.stateRows[chosen]), Int(source.nextRows[chosen]))
                    actions[place] = Int(source.actions[chosen])
                    rewards[place] = source.rewards[chosen]
                    discounts[place] = source.discounts[chosen]
                    copyRow(table, state, width, &states.elements, place)
                    copyRow(table, next, width, &nextStates.elements, place)
                    for action in 0..<actionCount {
                        forbidden.elements[place * actionCount + action] =
                            masks[state * actionCount + action] ? 0 : Self.forbiddance
                        nextPermitted[place * actionCount + action] = masks[next * actionCount + action]
                    }
                }
            }
        }
    }

    @inline(__always)
    private func copyRow(
        _ table: UnsafeBufferPointer<Float>, _ row: Int, _ width: Int, _ target: inout [Float], _ place: Int
    ) {
        target.withUnsafeMutableBufferPointer { target in
            guard let to = target.baseAddress, let from = table.baseAddress else { return }
            (to + place * width).update(from: from + row * width, count: width)
        }
    }
}
