import Foundation

/// The training examples in one block of memory, over the columns that occur in enough of them.
///
/// Parameters are laid out as [columns, classes] followed by the bias.
struct LinearProblem {
    let classes: Int
    /// The original column of each kept one, ascending.
    let columns: [Int32]
    private let starts: [Int]
    private let places: [Int32]
    private let values: [Float]
    private let labels: [Int]
    /// Weight of each class's examples; their mean over the examples is 1.
    private let classWeights: [Double]
    private let l2: Double

    var parameterCount: Int { (columns.count + 1) * classes }

    init(_ features: [SparseVector], labels: [Int], classes: Int, width: Int, training: LinearTraining) {
        var occurrences = [Int32](repeating: 0, count: width)
        for vector in features {
            for column in vector.columns where column < width { occurrences[Int(column)] += 1 }
        }
        let least = Int32(max(1, training.minimumExamples))
        columns = (0..<Int32(width)).filter { occurrences[Int($0)] >= least }
        var place = [Int32](repeating: -1, count: width)
        for (index, column) in columns.enumerated() { place[Int(column)] = Int32(index) }

        var starts = [0]
        var places: [Int32] = []
        var values: [Float] = []
        for vector in features {
            for (column, value) in zip(vector.columns, vector.values) where column < width && place[Int(column)] >= 0 {
                places.append(place[Int(column)])
                values.append(value)
            }
            starts.append(places.count)
        }
        self.classes = classes
        self.starts = starts
        self.places = places
        self.values = values
        self.labels = labels
        classWeights = ClassBalance.weights(labels, classes: classes, power: training.balance)
        l2 = training.l2
    }

    /// The objective at `parameters`; `gradient` receives its derivative, same shape.
    func objective(_ parameters: [Double], gradient: inout [Double]) -> Double {
        let free = columns.count * classes
        for index in 0..<free { gradient[index] = l2 * parameters[index] }
        for index in free..<parameterCount { gradient[index] = 0 }
        let loss = parameters.withUnsafeBufferPointer { weights in
            gradient.withUnsafeMutableBufferPointer { addLoss(weights, to: $0, free: free) }
        }
        let squares = parameters[..<free].reduce(0) { $0 + $1 * $1 }
        return loss + l2 / 2 * squares
    }

    /// The mean cross-entropy, whose derivative is added to `gradient`.
    private func addLoss(
        _ parameters: UnsafeBufferPointer<Double>, to gradient: UnsafeMutableBufferPointer<Double>, free: Int
    ) -> Double {
        var loss = 0.0
        let scale = 1 / Double(labels.count)
        var logits = [Double](repeating: 0, count: classes)
        for example in labels.indices {
            for index in 0..<classes { logits[index] = parameters[free + index] }
            forEachEntry(of: example) { base, value in
                for index in 0..<classes { logits[index] += parameters[base + index] * value }
            }
            let largest = logits.max() ?? 0
            let normaliser = largest + log(logits.reduce(0) { $0 + exp($1 - largest) })
            let weight = classWeights[labels[example]] * scale
            loss += weight * (normaliser - logits[labels[example]])
            for index in 0..<classes {
                let expected = index == labels[example] ? 1.0 : 0
                logits[index] = weight * (exp(logits[index] - normaliser) - expected)
                gradient[free + index] += logits[index]
            }
            forEachEntry(of: example) { base, value in
                for index in 0..<classes { gradient[base + index] += logits[index] * value }
            }
        }
        return loss
    }

    @inline(__always)
    private func forEachEntry(of example: Int, _ body: (_ base: Int, _ value: Double) -> Void) {
        places.withUnsafeBufferPointer { places in
            values.withUnsafeBufferPointer { values in
                for entry in starts[example]..<starts[example + 1] {
                    body(Int(places[entry]) * classes, Double(values[entry]))
                }
            }
        }
    }

    func model(_ parameters: [Double], width: Int) -> LinearSoftmax {
        var model = LinearSoftmax(classes: classes, width: width)
        for (index, column) in columns.enumerated() {
            for label in 0..<classes {
                model.weights[Int(column) * classes + label] = Float(parameters[index * classes + label])
            }
        }
        for label in 0..<classes { model.bias[label] = Float(parameters[columns.count * classes + label]) }
        return model
    }
}
