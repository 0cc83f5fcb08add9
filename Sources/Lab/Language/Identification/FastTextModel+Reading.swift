extension FastTextModel {
    init(_ reader: inout WeightReader) throws {
        let settings = try FastTextSettings(&reader)
        let size = try reader.size(Int32.self, in: 1...(1 << 28), "the number of words and labels")
        let wordCount = try reader.size(Int32.self, in: 0...size, "the number of words")
        let labelCount = try reader.size(Int32.self, in: 1...size, "the number of labels")
        guard wordCount + labelCount == size else {
            throw reader.damage("\(wordCount) words and \(labelCount) labels are not \(size)")
        }
        _ = try reader.next(Int64.self)  // tokens it was trained on
        let prunedCount = try reader.next(Int64.self)
        guard size <= reader.bytes.count else { throw reader.damage("\(size) words do not fit into it") }
        var entries: [UnsafeRawBufferPointer] = []
        var counts: [Int64] = []
        for index in 0..<size {
            entries.append(try reader.zeroTerminated())
            let count = try reader.next(Int64.self)
            let isLabel = try reader.flag()
            guard isLabel == (index >= wordCount), count >= 0 else {
                throw reader.damage("entry \(index) is no \(index < wordCount ? "word" : "label") with a count")
            }
            if isLabel { counts.append(count) }
        }
        let pruned = try FastTextModel.readKept(&reader, count: prunedCount, settings: settings)
        let isQuantised = try reader.flag()
        guard isQuantised || pruned == nil else { throw reader.damage("it is pruned, but not quantised") }
        // What was not pruned has a row for every bucket, whether it uses them or not.
        var input = try FastTextMatrix(
            &reader, isQuantised: isQuantised, rows: wordCount + (pruned?.count ?? settings.buckets),
            width: settings.width)
        if let pruned { input = input.permuted(Array(0..<wordCount) + pruned.map { wordCount + $0.row }) }
        let isOutputQuantised = try reader.flag()
        output = try FastTextMatrix(
            &reader, isQuantised: isQuantised && isOutputQuantised, rows: labelCount, width: settings.width)
        guard reader.isAtEnd else {
            throw reader.damage("\(reader.bytes.count - reader.position) bytes follow its end")
        }
        self.input = input
        loss = settings.loss
        tree = LabelTree(counts: loss == .hierarchicalSoftmax ? counts : [])
        vocabulary = FastTextVocabulary(
            entries: entries, wordCount: wordCount, settings: settings,
            kept: pruned.flatMap { kept in
                kept.isEmpty ? nil : FastTextBuckets(count: UInt32(settings.buckets), kept: kept.map(\.bucket))
            }, hasNoSequences: pruned?.isEmpty == true)
        labels = entries[wordCount...].map { entry in
            let text = String(decoding: entry, as: UTF8.self)
            return text.hasPrefix("__label__") ? String(text.dropFirst(9)) : text
        }
    }

    /// The kept buckets, ascending, each with its place behind the words; `nil` of a model that was not pruned.
    private static func readKept(
        _ reader: inout WeightReader, count: Int64, settings: FastTextSettings
    ) throws -> [(bucket: UInt32, row: Int)]? {
        if count < 0 { return nil }
        guard count <= reader.bytes.count / 8 else { throw reader.damage("\(count) kept sequences do not fit into it") }
        var kept: [(bucket: UInt32, row: Int)] = []
        for _ in 0..<count {
            let bucket = try reader.size(Int32.self, in: 0...max(0, settings.buckets - 1), "a kept sequence's bucket")
            let row = try reader.size(Int32.self, in: 0...(Int(count) - 1), "a kept sequence's row")
            kept.append((UInt32(bucket), row))
        }
        kept.sort { $0.bucket < $1.bucket }
        for (left, right) in zip(kept, kept.dropFirst()) where left.bucket == right.bucket {
            throw reader.damage("the bucket \(left.bucket) is kept twice")
        }
        return kept
    }
}
