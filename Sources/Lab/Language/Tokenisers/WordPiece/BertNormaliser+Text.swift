extension BertNormaliser {
    /// No character becomes more than three times as long in UTF-8 (a Hangul syllable, three bytes, becomes three letters
    /// of three bytes).
    private static let growth = 3

    /// `text` normalised, again valid UTF-8.
    func normalised(_ text: UTF8Bytes) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: text.count * BertNormaliser.growth + 16) { buffer, count in
            var output = Output(buffer: buffer)
            ascii.withUnsafeBufferPointer { ascii in
                rules.withUnsafeBufferPointer { rules in
                    var place = text.startIndex
                    while place < text.endIndex {
                        let byte = text[place]
                        if byte < 0x80 {
                            let mapped = ascii[Int(byte)]
                            if mapped != 0xFF { output.append(mapped) }
                            place &+= 1
                            continue
                        }
                        let scalar = text.scalar(at: place)
                        apply(rules, to: scalar.value, at: place, length: scalar.length, in: text, &output)
                        place &+= scalar.length
                    }
                }
            }
            count = output.count
        }
    }

    private func apply(
        _ rules: UnsafeBufferPointer<Rule>, to value: UInt32, at place: Int, length: Int, in text: UTF8Bytes,
        _ output: inout Output
    ) {
        var rule = Rule(.keep)
        var bytes: [UInt8]?
        if value < 0x10000 {
            rule = rules[Int(value)]
        } else if let scalar = Unicode.Scalar(value) {
            (rule, bytes) = RuleBuilder(settings: settings).rule(for: scalar, offset: 0)
        }
        switch rule.action {
        case .keep:
            for offset in 0..<length { output.append(text[place &+ offset]) }
        case .drop: break
        case .dropStarter: output.barrier = output.count
        case .replace:
            if let bytes {
                for byte in bytes { output.append(byte) }
            } else {
                for index in rule.offset..<rule.offset + rule.length { output.append(replacements[index]) }
            }
        case .reorder:
            guard let scalar = Unicode.Scalar(value) else { break }
            let builder = RuleBuilder(settings: settings)
            for scalar in builder.decomposed(scalar) {
                output.insert(builder.lowercased(scalar), order: RuleBuilder.order(scalar))
            }
        }
    }

    /// The normalised text as it grows.
    struct Output {
        let buffer: UnsafeMutableBufferPointer<UInt8>
        var count = 0
        /// Marks behind this place are not moved before it.
        var barrier = 0

        init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

        @inline(__always)
        mutating func append(_ byte: UInt8) {
            buffer[count] = byte
            count &+= 1
        }

        /// Puts a mark of combining class `order` before those of a higher class that end the text; 0 is no mark.
        mutating func insert(_ bytes: [UInt8], order: UInt8) {
            var place = count
            let text = UnsafeBufferPointer(buffer)[0..<count]
            while order > 0, place > barrier {
                let before = text.start(before: place)
                guard let scalar = Unicode.Scalar(text.scalar(at: before).value), RuleBuilder.order(scalar) > order
                else { break }
                place = before
            }
            for index in stride(from: count - 1, through: place, by: -1) { buffer[index + bytes.count] = buffer[index] }
            for (offset, byte) in bytes.enumerated() { buffer[place + offset] = byte }
            count += bytes.count
        }
    }
}
