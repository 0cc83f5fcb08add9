import LabNumerics
import LabSimulation

/// Transitions drawn with replacement from a dataset; its memory is used again from step to step.
struct ReplayBatch {
    private(set) var decisions: [Int]
    private(set) var states: Matrix
    private(set) var nextStates: Matrix
    private(set) var actions: [Int]
    private(set) var rewards: [Float]
    private(set) var discounts: [Float]

    init(size: Int, features: Int) {
        decisions = Array(repeating: 0, count: size)
        states = Matrix(rows: size, columns: features)
        nextStates = Matrix(rows: size, columns: features)
        actions = Array(repeating: 0, count: size)
        rewards = Array(repeating: 0, count: size)
        discounts = Array(repeating: 0, count: size)
    }

    mutating func draw(_ dataset: OfflineDataset, stream: inout RandomStream) {
        let width = states.columns
        for place in decisions.indices {
            let decision = stream.nextInt(below: dataset.count)
            let source = dataset.rows[decision] * width
            decisions[place] = decision
            actions[place] = Int(dataset.log.actions[decision])
            rewards[place] = dataset.rewards[decision]
            discounts[place] = dataset.discounts[decision]
            for feature in 0..<width {
                states.elements[place * width + feature] = dataset.states[source + feature]
                nextStates.elements[place * width + feature] = dataset.states[source + width + feature]
            }
        }
    }
}
