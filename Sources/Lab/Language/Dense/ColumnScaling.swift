import LabNumerics

/// The means and deviations of columns, and how they become part of a model.
struct ColumnScaling {
    let means: [Double]
    /// 1 for a column that never changes.
    let deviations: [Double]

    init(_ features: Matrix, standardises: Bool) {
        let width = features.columns
        guard standardises else {
            means = [Double](repeating: 0, count: width)
            deviations = [Double](repeating: features.elements.allSatisfy(\.isFinite) ? 1 : .nan, count: width)
            return
        }
        let count = Double(features.rows)
        var means = [Double](repeating: 0, count: width)
        var squares = [Double](repeating: 0, count: width)
        features.elements.withUnsafeBufferPointer { elements in
            for row in 0..<features.rows {
                for column in 0..<width { means[column] += Double(elements[row * width + column]) }
            }
            for column in 0..<width { means[column] /= count }
            for row in 0..<features.rows {
                for column in 0..<width {
                    let difference = Double(elements[row * width + column]) - means[column]
                    squares[column] += difference * difference
                }
            }
        }
        self.means = means
        deviations = zip(squares, means).map { square, mean in
            let deviation = (square / count).squareRoot()
            // What rounding leaves of a constant column is no spread.
            return deviation > 1e-6 * abs(mean) || !deviation.isFinite ? max(deviation, 1e-30) : 1
        }
    }

    var isFinite: Bool { (means + deviations).allSatisfy(\.isFinite) }

    func apply(to features: Matrix) -> Matrix {
        var result = features
        let shift = means.map(Float.init)
        let scale = deviations.map { Float(1 / $0) }
        let width = features.columns
        result.elements.withUnsafeMutableBufferPointer { elements in
            for row in 0..<features.rows {
                for column in 0..<width {
                    let place = row * width + column
                    elements[place] = (elements[place] - shift[column]) * scale[column]
                }
            }
        }
        return result
    }

    /// The model of inputs as they come from one of scaled inputs, [width, classes] followed by the bias.
    func model(_ parameters: [Double], classes: Int) -> DenseSoftmax {
        var weights = Matrix(rows: means.count, columns: classes)
        var bias = Array(parameters[(means.count * classes)...])
        for row in means.indices {
            for column in 0..<classes {
                let weight = parameters[row * classes + column] / deviations[row]
                weights[row, column] = Float(weight)
                bias[column] -= weight * means[row]
            }
        }
        return DenseSoftmax(weights: weights, bias: bias.map(Float.init))
    }
}
