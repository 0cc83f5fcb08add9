extension NGramScanner {
    /// Stand for a user's name and for an address; private characters, which no text means anything by.
    static let user: UInt32 = 0xE000
    static let address: UInt32 = 0xE001
    /// More equal characters in a row than this are left out: "sooooo" is "sooo".
    private static let longestRepeat = 3
    @inline(__always) private static var prime: UInt32 { 0x9E37_79B1 }

    /// Fills `characters` and `tokens`.
    ///
    /// Lower case; one space for any number of them, one at either end; user names and addresses as one character; the
    /// four entities of Twitter's API and JSON's escapes resolved, which corpora left in texts; repeats shortened; selectors and joiners left out.
    func fold(_ bytes: UnsafeBufferPointer<UInt8>) -> (characters: Int, tokens: Int) {
        var writer = Writer(characters: characters, tokens: tokens)
        let end = bytes.count
        guard let source = bytes.baseAddress, end > 0 else { return writer.close() }
        var place = 0
        while place < end {
            let byte = source[place]
            if byte < 0x80 {
                place += 1
                let kind = kinds[Int(byte)]
                if kind == ScalarTable.word {
                    writer.letter(UInt32(lowercase[Int(byte)]))
                } else if kind == ScalarTable.space {
                    writer.space()
                } else if kind == ScalarTable.special {
                    place = special(byte, source, place, end, &writer)
                } else if kind == ScalarTable.symbol {
                    writer.symbol(UInt32(byte))
                }
                continue
            }
            var scalar: UInt32 = 0xFFFD
            place = Self.decode(source, place, end, &scalar)
            write(scalar, &writer)
        }
        return writer.close()
    }

    @inline(__always)
    private func write(_ scalar: UInt32, _ writer: inout Writer) {
        guard scalar < 0x10000 else {
            switch ScalarTable.kindBeyond(scalar) {
            case ScalarTable.word: writer.letter(scalar)
            case ScalarTable.symbol: writer.symbol(scalar)
            default: break
            }
            return
        }
        let folded = scalar == 0x2019 ? 0x27 : UInt32(lowercase[Int(scalar)])
        switch kinds[Int(scalar)] {
        case ScalarTable.word: writer.letter(folded)
        case ScalarTable.space: writer.space()
        case ScalarTable.ignored: break
        default: writer.symbol(folded)
        }
    }

    /// Reads on behind `@`, `&`, `\\`, `h` and `w`, and gives the place to go on from.
    @inline(__always)
    private func special(
        _ byte: UInt8, _ source: UnsafePointer<UInt8>, _ place: Int, _ end: Int, _ writer: inout Writer
    ) -> Int {
        switch byte {
        case UInt8(ascii: "@"):
            var next = place
            while next < end, Self.isNameByte(source[next]) { next += 1 }
            if next == place {
                writer.symbol(UInt32(byte))
            } else {
                writer.symbol(Self.user)
            }
            return next
        case UInt8(ascii: "&"):
            let (character, length) = Self.entity(source, place, end)
            writer.symbol(character)
            return place + length
        case UInt8(ascii: "\\"):
            let (scalar, length) = Self.escape(source, place, end)
            if length > 0 {
                write(scalar, &writer)
            } else {
                writer.symbol(UInt32(byte))
            }
            return place + length
        default:
            let length = writer.isInWord ? 0 : Self.addressPrefix(source, place - 1, end)
            guard length > 0 else {
                writer.letter(UInt32(byte | 0x20))
                return place
            }
            var next = place - 1 + length
            while next < end, source[next] > 0x20 { next += 1 }
            writer.symbol(Self.address)
            return next
        }
    }

    @inline(__always)
    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x5F
    }

    /// Where the first pass writes.
    struct Writer {
        private let characters: UnsafeMutablePointer<UInt32>
        private let tokens: UnsafeMutablePointer<UInt32>
        private var count = 1
        private var tokenCount = 0
        private var last: UInt32 = 0x20
        private var run = 1
        /// The hash of the word that is being read; 0 outside words.
        private var hash: UInt32 = 0

        init(characters: UnsafeMutablePointer<UInt32>, tokens: UnsafeMutablePointer<UInt32>) {
            self.characters = characters
            self.tokens = tokens
            characters[0] = 0x20
        }

        var isInWord: Bool { hash != 0 }

        @inline(__always)
        mutating func letter(_ character: UInt32) {
            guard isNew(character) else { return }
            characters[count] = character
            count += 1
            hash = (hash ^ character) &* NGramScanner.prime | 1
        }

        @inline(__always)
        mutating func symbol(_ character: UInt32) {
            endWord()
            guard isNew(character) else { return }
            characters[count] = character
            count += 1
            tokens[tokenCount] = (character ^ 0x5851_F42D) &* NGramScanner.prime
            tokenCount += 1
        }

        @inline(__always)
        mutating func space() {
            guard last != 0x20 else { return }
            endWord()
            last = 0x20
            run = 1
            characters[count] = 0x20
            count += 1
        }

        mutating func close() -> (characters: Int, tokens: Int) {
            space()
            for index in 0..<NGramScanner.padding {
                characters[count + index] = 0
                tokens[tokenCount + index] = 0
            }
            return (count, tokenCount)
        }

        @inline(__always)
        private mutating func endWord() {
            guard hash != 0 else { return }
            tokens[tokenCount] = hash
            tokenCount += 1
            hash = 0
        }

        /// Whether `character` is not yet the last `longestRepeat` ones.
        @inline(__always)
        private mutating func isNew(_ character: UInt32) -> Bool {
            run = character == last ? run + 1 : 1
            last = character
            return run <= NGramScanner.longestRepeat
        }
    }
}
