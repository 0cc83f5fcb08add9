/// Bytes that are known to be valid UTF-8, such as those of a Swift text.
typealias UTF8Bytes = Slice<UnsafeBufferPointer<UInt8>>

extension UTF8Bytes {
    /// The number of bytes of the scalar whose first byte is `lead`.
    @inline(__always)
    static func length(lead: UInt8) -> Int {
        lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    }

    /// The scalar at `place`, which is the first byte of one, with the number of its bytes.
    @inline(__always)
    func scalar(at place: Int) -> (value: UInt32, length: Int) {
        let lead = UInt32(self[place])
        if lead < 0x80 { return (lead, 1) }
        func low(_ offset: Int) -> UInt32 { UInt32(self[place &+ offset] & 0x3F) }
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | low(1), 2) }
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | low(1) << 6 | low(2), 3) }
        return ((lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4)
    }

    /// Where the scalar before `place` begins; `place` is not the start.
    func start(before place: Int) -> Int {
        var place = place - 1
        while place > startIndex, self[place] & 0xC0 == 0x80 { place -= 1 }
        return place
    }
}

extension String {
    /// Calls `body` with the text's bytes, copied first where they are not contiguous.
    func withUTF8Bytes<Result>(_ body: (UTF8Bytes) throws -> Result) rethrows -> Result {
        var text = self
        return try text.withUTF8 { try body($0[...]) }
    }
}

extension [UInt8] {
    /// Calls `body` with the bytes, which are valid UTF-8.
    func withUTF8Bytes<Result>(_ body: (UTF8Bytes) throws -> Result) rethrows -> Result {
        try withUnsafeBufferPointer { try body($0[...]) }
    }
}
