import LabDomain
import LabNumerics

extension ONNXPolicy {
    /// Rows that are computed together: enough for the matrix products, and little memory.
    private static let chunk = 4096

    /// What a program gives for each row, [rows, actionCount], or [rows] for actions.
    ///
    /// - Parameter permitted: everything where it is `nil`.
    func values(
        _ program: ONNXProgram, output: String, states: [Float], permitted: [Bool]?
    ) throws -> [Float] {
        let (rows, width) = (try rowCount(states), schema.features.count)
        let columns = reading == .actions ? 1 : actionCount
        var result: [Float] = []
        result.reserveCapacity(rows * columns)
        for start in stride(from: 0, to: rows, by: plan.fixedRows ?? Self.chunk) {
            let end = min(start + (plan.fixedRows ?? Self.chunk), rows)
            // A model of a fixed number of rows gets rows of zeros behind the last.
            let count = plan.fixedRows ?? end - start
            let padding = count - (end - start)
            var inputs: [String: ONNXTensor] = [:]
            inputs[plan.observation] = ONNXTensor(
                shape: [count, width],
                Array(states[start * width..<end * width]) + [Float](repeating: 0, count: padding * width))
            if let mask = plan.mask {
                let given = permitted.map { Array($0[start * actionCount..<end * actionCount]) }
                inputs[mask] = ONNXTensor(
                    shape: [count, actionCount],
                    (given ?? Array(repeating: true, count: (end - start) * actionCount))
                        + [Bool](repeating: true, count: padding * actionCount))
            }
            guard let tensor = try program.run(inputs)[output], tensor.count == count * columns,
                let values = tensor.floats ?? tensor.integers?.map({ Float($0) })
            else {
                throw PolicyError.unsuitableModel(
                    file: program.file, reason: "its output '\(output)' is not \(columns) numbers for each row",
                    remedy: "name the right output, or export the model for \(actionCount) actions")
            }
            result += values[..<((end - start) * columns)]
        }
        return result
    }

    /// The policy that the model's output stands for, row-major [rows, actionCount].
    func distributions(_ values: [Float], permitted: [Bool]) throws -> [Float] {
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<permitted.count / actionCount {
            let place = row * actionCount..<(row + 1) * actionCount
            switch reading {
            case .scores: try greedy(values, permitted, place, &result)
            case .logits: try softmax(values, permitted, place, &result)
            case .probabilities:
                for index in place where !(values[index] >= 0 && values[index] <= 1.001) {
                    throw fault(row, "the probability \(values[index])")
                }
                for index in place where permitted[index] { result[index] = values[index] }
                share(permitted, place, &result)
            case .actions:
                guard let action = Int(exactly: values[row]), (0..<actionCount).contains(action) else {
                    throw fault(row, "the action \(values[row]) of \(actionCount)")
                }
                if permitted[place.lowerBound + action] { result[place.lowerBound + action] = 1 }
                share(permitted, place, &result)
            }
        }
        return result
    }

    private func fault(_ row: Int, _ what: String) -> PolicyError {
        .modelFailed(file: program.file, node: plan.output, operation: "output", reason: "row \(row) has \(what)")
    }

    private func greedy(
        _ values: [Float], _ permitted: [Bool], _ place: Range<Int>, _ result: inout [Float]
    ) throws {
        var best: Int?
        for index in place where permitted[index] {
            guard !values[index].isNaN else { throw fault(place.lowerBound / actionCount, "a score that is no number") }
            if best.map({ values[index] > values[$0] }) ?? true { best = index }
        }
        if let best { result[best] = 1 }
    }

    private func softmax(
        _ values: [Float], _ permitted: [Bool], _ place: Range<Int>, _ result: inout [Float]
    ) throws {
        let open = place.filter { permitted[$0] }
        let largest = open.reduce(-Float.infinity) { max($0, values[$1]) }
        guard largest.isFinite, open.allSatisfy({ !values[$0].isNaN }) else {
            throw fault(place.lowerBound / actionCount, "a logit that is no number")
        }
        var row = [Float](repeating: -.infinity, count: actionCount)
        for index in open { row[index - place.lowerBound] = values[index] }
        row.withUnsafeMutableBufferPointer { row in
            guard let start = row.baseAddress else { return }
            Softmax.rows(UnsafePointer(start), start, 1, row.count)
        }
        result.replaceSubrange(place, with: row)
    }

    /// Scales a row to sum to 1; where nothing permitted has a probability, all permitted actions share alike.
    private func share(_ permitted: [Bool], _ place: Range<Int>, _ result: inout [Float]) {
        let sum = result[place].reduce(0, +)
        let even = 1 / Float(permitted[place].count { $0 })
        for index in place where permitted[index] { result[index] = sum > 0 ? result[index] / sum : even }
    }
}
