import Crypto

/// A named stream of random numbers: the same seed and name give the same numbers on every machine and in every thread.
///
/// Streams are derived, never shared, so that a new consumer cannot shift the draws of another:
///
/// - `RandomStream(seed:name:)` has the digest SHA-256(seed as 8 bytes little-endian ‖ name in UTF-8);
/// - `child(_ name: String)` has SHA-256(parent's 32-byte digest ‖ name in UTF-8);
/// - `child(_ index: Int)` has SHA-256(parent's 32-byte digest ‖ byte 0xFF ‖ index as 8 bytes little-endian), which no
///   name can equal because 0xFF does not occur in UTF-8.
///
/// A digest's bytes 0–7 are the key of `Philox` and bytes 8–15 the upper half of its counter (little-endian words); the
/// lower half counts blocks from 0, and a block's four words are given out in order. Encoded, a stream is its digest and
/// the number of words drawn, and goes on from there.
public struct RandomStream: Sendable {
    @usableFromInline let digest: [UInt8]
    @usableFromInline let generator: Philox
    @usableFromInline let nonce: SIMD2<UInt32>
    /// Index of the next block that is not in `words`.
    @usableFromInline var counter: UInt64 = 0
    /// The words of eight blocks, computed together because that fills the processor's vectors.
    @usableFromInline var words = InlineArray<32, UInt32>(repeating: 0)
    /// Next unused word; 32 when all are used up.
    @usableFromInline var position = 32

    /// The stream called `name` of the experiment seeded with `seed`.
    public init(seed: UInt64, name: String) {
        self.init(hashing: Self.littleEndianBytes(seed) + Array(name.utf8))
    }

    /// A stream of its own under `name`; it does not depend on what was drawn from this one.
    public func child(_ name: String) -> RandomStream {
        RandomStream(hashing: digest + Array(name.utf8))
    }

    /// A stream of its own for a worker, an episode or a resample.
    public func child(_ index: Int) -> RandomStream {
        RandomStream(hashing: digest + [0xFF] + Self.littleEndianBytes(UInt64(bitPattern: Int64(index))))
    }

    private init(hashing material: [UInt8]) {
        self.init(digest: Array(SHA256.hash(data: material)))
    }

    /// - Parameter digest: 32 bytes.
    init(digest: [UInt8]) {
        let words = (0..<4).map { word in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(digest[4 * word + $1]) << UInt32(8 * $1) }
        }
        self.digest = digest
        generator = Philox(key: SIMD2(words[0], words[1]))
        nonce = SIMD2(words[2], words[3])
    }

    private static func littleEndianBytes(_ value: UInt64) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

extension RandomStream: RandomNumberGenerator {
    /// The next 64 bits, for the standard library's algorithms.
    @inlinable
    public mutating func next() -> UInt64 { nextUInt64() }

    /// The next 32-bit word.
    @inlinable
    public mutating func nextUInt32() -> UInt32 {
        if position == 32 { refill() }
        defer { position &+= 1 }
        return words[position]
    }

    /// The next two words, the first one as the lower half.
    @inlinable
    public mutating func nextUInt64() -> UInt64 {
        let low = nextUInt32()
        return UInt64(nextUInt32()) &<< 32 | UInt64(low)
    }

    @usableFromInline
    mutating func refill() {
        generator.eightBlocks(from: counter, nonce: nonce, into: &words)
        counter &+= 8
        position = 0
    }
}
