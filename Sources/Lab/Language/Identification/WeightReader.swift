import LabDomain

/// Reads little-endian values one after the other and refuses to read past the end.
struct WeightReader {
    let bytes: UnsafeRawBufferPointer
    let file: String
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer, file: String) {
        self.bytes = bytes
        self.file = file
    }

    var isAtEnd: Bool { position == bytes.count }

    func damage(_ reason: String) -> LanguageError { .badWeights(file: file, reason: reason) }

    mutating func next<Value: BitwiseCopyable>(_ type: Value.Type = Value.self) throws -> Value {
        let size = MemoryLayout<Value>.size
        guard bytes.count - position >= size else { throw cut() }
        defer { position += size }
        return bytes.loadUnaligned(fromByteOffset: position, as: type)
    }

    /// A flag that is one byte, 0 or 1.
    mutating func flag() throws -> Bool {
        let byte = try next(UInt8.self)
        guard byte < 2 else { throw damage("byte \(position - 1) is \(byte), neither yes nor no") }
        return byte == 1
    }

    /// A size that lies in `range`.
    mutating func size<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type, in range: ClosedRange<Int>, _ what: String
    ) throws -> Int {
        let value = try next(type)
        guard let size = Int(exactly: value), range.contains(size) else { throw damage("\(what) is \(value)") }
        return size
    }

    mutating func block(_ count: Int) throws -> UnsafeRawBufferPointer {
        guard count >= 0, bytes.count - position >= count else { throw cut() }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    /// `count` finite numbers of four bytes each.
    mutating func floats(_ count: Int) throws -> [Float] {
        let start = position
        let (size, overflow) = count.multipliedReportingOverflow(by: 4)
        guard !overflow else { throw cut() }
        let block = try block(size)
        let values = (0..<count).map { block.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        guard values.allSatisfy(\.isFinite) else { throw damage("a number after byte \(start) is not finite") }
        return values
    }

    /// The bytes up to the next 0, which is passed over.
    mutating func zeroTerminated() throws -> UnsafeRawBufferPointer {
        guard let end = bytes[position...].firstIndex(of: 0) else { throw cut() }
        let block = try block(end - position)
        position += 1
        return block
    }

    private func cut() -> LanguageError { damage("it ends at byte \(bytes.count), in the midst of a value") }
}
