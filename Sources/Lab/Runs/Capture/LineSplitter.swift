/// Cuts a stream of bytes into lines; what never ends is cut after 64 KiB.
struct LineSplitter {
    static let longest = 1 << 16
    private var rest: [UInt8] = []

    /// Takes bytes and gives each line that they complete, with its line break where it has one.
    mutating func take(_ bytes: some Collection<UInt8>, _ line: ([UInt8]) -> Void) {
        for byte in bytes {
            rest.append(byte)
            guard byte == 0x0A || rest.count >= Self.longest else { continue }
            line(rest)
            rest.removeAll(keepingCapacity: true)
        }
    }

    /// Gives what is left when the stream ends without a line break.
    mutating func finish(_ line: ([UInt8]) -> Void) {
        if !rest.isEmpty { line(rest) }
        rest = []
    }
}
