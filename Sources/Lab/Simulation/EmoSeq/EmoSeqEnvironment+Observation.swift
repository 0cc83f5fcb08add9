import LabDomain
import LabNumerics

extension EmoSeqEnvironment {
    var nuisanceWidth: Int { (parameters.nuisanceCount + 15) / 16 * 16 }

    /// Moves the nuisance's AR(1) on by as many periods as each customer has lived, in one draw, which has the same law.
    ///
    /// - Parameters:
    ///   - periods: lived in this step, by customer; who lived none keeps theirs.
    ///   - columns: the period reached, under which the draws are looked up.
    ///   - fresh: the start: a standard normal and one period on.
    mutating func advanceNuisance(periods: [Int32], columns: [Int32]? = nil, fresh: Bool = false) {
        let width = nuisanceWidth
        guard width > 0 else { return }
        let keep = Float(parameters.nuisancePersistence)
        let innovation = Float(parameters.nuisanceInnovation)
        let scale = Float(parameters.nuisanceScale)
        let (field, customers) = (field, customers)
        let words = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * width)
        defer { words.deallocate() }
        let normals = UnsafeMutableRawPointer(words + width).assumingMemoryBound(to: Float.self)
        nuisance.withUnsafeMutableBufferPointer { nuisance in
            guard let nuisance = nuisance.baseAddress else { return }
            for place in customers.indices where fresh || periods[place] > 0 {
                var persistence: Float = 1
                var variance: Float = 0
                for _ in 0..<periods[place] {
                    persistence *= keep
                    variance = keep * keep * variance + innovation * innovation
                }
                if fresh { variance = keep * keep + innovation * innovation }
                field.fill(
                    words, groups: width / 16, row: customers[place].row,
                    column: UInt32(bitPattern: columns?[place] ?? 0), first: Self.nuisances)
                RandomField.normals(normals, from: words, groups: width / 16)
                let deviation = SIMD8<Float>(repeating: scale * variance.squareRoot())
                let row = UnsafeMutableRawPointer(nuisance + place * width)
                let drawn = UnsafeRawPointer(normals)
                for offset in stride(from: 0, to: 4 * width, by: 32) {
                    let old = row.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    let new = drawn.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                    row.storeBytes(
                        of: (old * persistence).addingProduct(deviation, new), toByteOffset: offset,
                        as: SIMD8<Float>.self)
                }
            }
        }
    }

    /// Writes the observations in the order of `EmoSeqParameters.schema`.
    ///
    /// - Parameter everyone: also of customers who did not move.
    func observe(_ batch: inout EnvironmentBatch, everyone: Bool = false) {
        let (width, nuisanceCount, stride) = (batch.featureCount, parameters.nuisanceCount, nuisanceWidth)
        let (segments, creatives, channels) = (
            parameters.segmentCount, parameters.creatives.count, parameters.channelCount
        )
        let perPeriod = 1 / Float(horizon)
        for place in customers.indices where everyone || batch.elapsed[place] > 0 {
            let heard = customers[place].heard
            batch.readings[3 * place] = heard.reading[0]
            batch.readings[3 * place + 1] = heard.reading[1]
            batch.readings[3 * place + 2] = heard.reading[2]
            batch.posts[place] = heard.post
        }
        let (elapsed, periods) = (batch.elapsed, batch.periods)
        batch.observations.withUnsafeMutableBufferPointer { observations in
            nuisance.withUnsafeBufferPointer { nuisance in
                guard var row = observations.baseAddress else { return }
                for place in customers.indices {
                    defer { row += width }
                    guard everyone || elapsed[place] > 0 else { continue }
                    customers[place].write(
                        to: row, segments: segments, creatives: creatives, channels: channels,
                        time: Float(periods[place]) * perPeriod)
                    if nuisanceCount > 0, let source = nuisance.baseAddress {
                        (row + width - nuisanceCount).update(from: source + place * stride, count: nuisanceCount)
                    }
                }
            }
        }
    }
}

extension EmoSeqCustomer {
    /// Writes everything but the nuisance.
    @inline(__always)
    fileprivate func write(
        to row: UnsafeMutablePointer<Float>, segments: Int, creatives: Int, channels: Int, time: Float
    ) {
        for segment in 0..<segments { row[segment] = proxy[segment] }
        var at = row + segments
        for index in 0..<3 { at[index] = heard.features[index] }
        at[3] = sentiment
        at[4] = engagement
        at[5] = spend / 10
        at[6] = min(recency, 20) / 10
        at[7] = contacts
        at[8] = min(sinceContact, 10) / 5
        at += 9
        for index in 0...creatives { at[index] = 0 }
        at[Int(lastCreative &+ 1)] = 1
        at += creatives + 1
        for index in 0...channels { at[index] = 0 }
        at[Int(lastChannel &+ 1)] = 1
        at[channels + 1] = time
    }
}
