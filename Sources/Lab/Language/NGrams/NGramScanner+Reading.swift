// What the first pass reads as a whole: addresses, entities, escapes, characters of more than one byte.

extension NGramScanner {
    /// The length of what begins an address at `place`: `http://`, `https://`, `www.`, or the bare `http` by which corpora
    /// replace one; 0 where none does.
    static func addressPrefix(_ source: UnsafePointer<UInt8>, _ place: Int, _ end: Int) -> Int {
        @inline(__always)
        func lower(_ offset: Int) -> UInt8 { place + offset < end ? source[place + offset] | 0x20 : 0 }
        if lower(0) == UInt8(ascii: "w") {
            return lower(1) == UInt8(ascii: "w") && lower(2) == UInt8(ascii: "w") && lower(3) == UInt8(ascii: ".")
                ? 4 : 0
        }
        guard lower(1) == UInt8(ascii: "t"), lower(2) == UInt8(ascii: "t"), lower(3) == UInt8(ascii: "p") else {
            return 0
        }
        let colon = lower(4) == UInt8(ascii: "s") ? 5 : 4
        if lower(colon) == UInt8(ascii: ":"), lower(colon + 1) == UInt8(ascii: "/") { return colon + 1 }
        let isBare = place + 4 >= end || source[place + 4] <= 0x20
        return isBare ? 4 : 0
    }

    /// What `&amp;`, `&lt;`, `&gt;` and `&quot;` stand for, and how many bytes follow the `&`.
    static func entity(_ source: UnsafePointer<UInt8>, _ place: Int, _ end: Int) -> (UInt32, Int) {
        @inline(__always)
        func follows(_ name: StaticString) -> Bool {
            guard place + name.utf8CodeUnitCount <= end else { return false }
            for index in 0..<name.utf8CodeUnitCount where source[place + index] != name.utf8Start[index] {
                return false
            }
            return true
        }
        if follows("amp;") { return (0x26, 4) }
        if follows("lt;") { return (0x3C, 3) }
        if follows("gt;") { return (0x3E, 3) }
        if follows("quot;") { return (0x22, 5) }
        return (0x26, 0)
    }

    /// The character of `uXXXX` at `place`, of a pair of surrogates too, or of an escaped quote or slash, and the length of
    /// what says so; length 0 where nothing does.
    static func escape(_ source: UnsafePointer<UInt8>, _ place: Int, _ end: Int) -> (UInt32, Int) {
        guard place < end else { return (0, 0) }
        if source[place] == UInt8(ascii: "\"") || source[place] == UInt8(ascii: "/") {
            return (UInt32(source[place]), 1)
        }
        guard let unit = unit(source, place, end) else { return (0, 0) }
        guard unit & 0xF800 == 0xD800 else { return (unit, 5) }
        guard unit < 0xDC00, place + 5 < end, source[place + 5] == UInt8(ascii: "\\"),
            let low = self.unit(source, place + 6, end), low & 0xFC00 == 0xDC00
        else { return (0xFFFD, 5) }
        return (0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF), 11)
    }

    /// The number of `uXXXX` at `place`.
    private static func unit(_ source: UnsafePointer<UInt8>, _ place: Int, _ end: Int) -> UInt32? {
        guard place + 5 <= end, source[place] == UInt8(ascii: "u") else { return nil }
        var value: UInt32 = 0
        for index in 1...4 {
            let byte = source[place + index]
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46, 0x61...0x66: digit = (byte | 0x20) - 0x57
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Reads one character of more than one byte; what is not UTF-8 gives U+FFFD for each byte.
    @inline(__always)
    static func decode(
        _ source: UnsafePointer<UInt8>, _ place: Int, _ end: Int, _ scalar: inout UInt32
    ) -> Int {
        let first = UInt32(source[place])
        @inline(__always)
        func tail(_ offset: Int) -> UInt32? {
            guard place + offset < end else { return nil }
            let byte = UInt32(source[place + offset])
            return byte & 0xC0 == 0x80 ? byte & 0x3F : nil
        }
        if first >= 0xC2, first < 0xE0, let second = tail(1) {
            scalar = (first & 0x1F) << 6 | second
            return place + 2
        }
        if first & 0xF0 == 0xE0, let second = tail(1), let third = tail(2) {
            let value = (first & 0x0F) << 12 | second << 6 | third
            if value >= 0x800, value & 0xF800 != 0xD800 {
                scalar = value
                return place + 3
            }
        }
        if first & 0xF8 == 0xF0, let second = tail(1), let third = tail(2), let fourth = tail(3) {
            let value = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
            if value >= 0x10000, value < 0x110000 {
                scalar = value
                return place + 4
            }
        }
        return place + 1
    }
}
