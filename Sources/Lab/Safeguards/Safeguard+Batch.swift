import LabDomain

extension Safeguard {
    /// The permitted actions of many decisions about people of one audience.
    ///
    /// - Parameters:
    ///   - probabilities: calibrated sentiment probabilities, row-major [decisions, 3]; a row of NaN is no reading.
    ///   - audience: who they are; `.adult` in simulation.
    ///   - table: the kinds of the actions.
    /// - Returns: row-major [decisions, actions].
    ///
    /// Throws `SafeguardsError.shape` where the probabilities are not rows of three.
    public func permittedActions(
        probabilities: [Float], audience: Audience, table: ActionTable = .emoSeq
    ) throws -> PermittedBatch {
        try batch(probabilities, audience, table)
    }

    /// The same in double precision.
    public func permittedActions(
        probabilities: [Double], audience: Audience, table: ActionTable = .emoSeq
    ) throws -> PermittedBatch {
        try batch(probabilities, audience, table)
    }

    @inline(__always)
    private func batch<Scalar: BinaryFloatingPoint>(
        _ probabilities: [Scalar], _ audience: Audience, _ table: ActionTable
    ) throws -> PermittedBatch {
        guard probabilities.count.isMultiple(of: 3) else {
            throw SafeguardsError.shape(
                "sentiment probabilities", expected: (probabilities.count + 2) / 3 * 3, found: probabilities.count)
        }
        let count = probabilities.count / 3
        let assessments = [Assessment](unsafeUninitializedCapacity: count) { buffer, initialised in
            for row in 0..<count {
                buffer[row] = assess(
                    negative: Double(probabilities[3 * row]), neutral: Double(probabilities[3 * row + 1]),
                    positive: Double(probabilities[3 * row + 2]))
            }
            initialised = count
        }
        return batch(assessments, audience, table)
    }

    /// The permitted actions of decisions whose assessments were made before.
    public func permittedActions(
        assessments: [Assessment], audience: Audience, table: ActionTable = .emoSeq
    ) -> PermittedBatch {
        batch(assessments, audience, table)
    }

    private func batch(_ assessments: [Assessment], _ audience: Audience, _ table: ActionTable) -> PermittedBatch {
        let width = table.count
        // One row an assessment, copied: there are only three.
        let rows = Assessment.allCases.flatMap { table.mask(permittedKinds($0, audience: audience)) }
        let mask = [Bool](unsafeUninitializedCapacity: assessments.count * width) { buffer, initialised in
            rows.withUnsafeBufferPointer { rows in
                for index in assessments.indices {
                    let source = assessments[index].rawValue * width
                    for action in 0..<width { buffer[index * width + action] = rows[source + action] }
                }
            }
            initialised = assessments.count * width
        }
        return PermittedBatch(assessments: assessments, mask: mask, actionCount: width, audience: audience)
    }
}
