extension FastTextVocabulary {
    /// The mark that fastText puts at the end of each line.
    private static let lineEnd = Array("</s>".utf8)
    private static let labelMark = Array("__label__".utf8)

    /// Appends the rows of a text's words and character sequences in fastText's order; line ends count as spaces.
    func appendRows(of text: UnsafeBufferPointer<UInt8>, to rows: inout [Int32]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count + 2) { scratch in
            var hashes: [UInt32] = []
            var start = 0
            while start < text.count {
                if isSpace(text[start]) {
                    start += 1
                    continue
                }
                var end = start
                while end < text.count, !isSpace(text[end]) { end += 1 }
                let token = UnsafeBufferPointer(rebasing: text[start..<end])
                // A line's end written out ends the line as well.
                if token.elementsEqual(FastTextVocabulary.lineEnd) { break }
                if let hash = append(token, scratch, to: &rows), wordGrams > 1 { hashes.append(hash) }
                start = end
            }
            FastTextVocabulary.lineEnd.withUnsafeBufferPointer { token in
                let hash = FastTextVocabulary.hash(token)
                if let number = number(token, hash: hash), number < wordCount { rows.append(Int32(number)) }
                if wordGrams > 1 { hashes.append(hash) }
            }
            if wordGrams > 1 { appendWordGrams(hashes, to: &rows) }
        }
    }

    /// The hash of the token, or `nil` of one that names a label.
    private func append(
        _ token: UnsafeBufferPointer<UInt8>, _ scratch: UnsafeMutableBufferPointer<UInt8>, to rows: inout [Int32]
    ) -> UInt32? {
        let hash = FastTextVocabulary.hash(token)
        if let number = number(token, hash: hash) {
            if number >= wordCount { return nil }
            rows.append(Int32(number))
        } else if token.starts(with: FastTextVocabulary.labelMark) {
            return nil
        }
        guard longest > 0, !hasNoSequences else { return hash }
        scratch[0] = UInt8(ascii: "<")
        for (index, byte) in token.enumerated() { scratch[index + 1] = byte }
        scratch[token.count + 1] = UInt8(ascii: ">")
        appendSequences(UnsafeBufferPointer(rebasing: scratch[..<(token.count + 2)]), to: &rows)
        return hash
    }

    /// The sequences of `shortest ... longest` characters; one that begins where another does goes on with its hash.
    @inline(__always)
    private func appendSequences(_ word: UnsafeBufferPointer<UInt8>, to rows: inout [Int32]) {
        let count = word.count
        for start in 0..<count where word[start] & 0xC0 != 0x80 {
            var hash: UInt32 = 2_166_136_261
            var (end, length) = (start, 1)
            while end < count, length <= longest {
                repeat {
                    hash = FastTextVocabulary.step(hash, word[end])
                    end += 1
                } while end < count && word[end] & 0xC0 == 0x80
                // A boundary mark alone says nothing.
                if length >= shortest, length > 1 || (start > 0 && end < count) {
                    append(hash % bucketCount, to: &rows)
                }
                length += 1
            }
        }
    }

    @inline(__always)
    private func append(_ bucket: UInt32, to rows: inout [Int32]) {
        guard let kept else { return rows.append(Int32(wordCount) &+ Int32(bucket)) }
        if let rank = kept.rank(bucket) { rows.append(Int32(wordCount) &+ rank) }
    }

    private func appendWordGrams(_ hashes: [UInt32], to rows: inout [Int32]) {
        guard !hasNoSequences else { return }
        func extended(_ hash: UInt32) -> UInt64 { UInt64(bitPattern: Int64(Int32(bitPattern: hash))) }
        for first in hashes.indices {
            var hash = extended(hashes[first])
            for next in hashes[(first + 1)...].prefix(wordGrams - 1) {
                hash = hash &* 116_049_371 &+ extended(next)
                append(UInt32(hash % UInt64(bucketCount)), to: &rows)
            }
        }
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0 }
}
