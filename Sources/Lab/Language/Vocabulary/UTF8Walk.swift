extension UnsafeBufferPointer<UInt8> {
    /// The scalar that begins at `position` of valid UTF-8, and where the next begins.
    @inline(__always)
    func scalar(at position: Int) -> (scalar: Unicode.Scalar, end: Int) {
        let first = UInt32(self[position])
        if first < 0x80 { return (Unicode.Scalar(UInt8(first)), position + 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        var value = first & (0x7F >> UInt32(length))
        let end = Swift.min(count, position + length)
        for index in (position + 1)..<end { value = value << 6 | UInt32(self[index] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", end)
    }
}
