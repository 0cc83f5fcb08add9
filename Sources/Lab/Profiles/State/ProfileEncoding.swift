import Foundation

/// Writes states as bytes in one way only: little-endian, floating-point numbers by their bits, texts by length.
struct ProfileEncoding {
    private(set) var data = Data()

    mutating func append(_ value: Int64) { withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) } }

    mutating func append(_ value: Double) { append(Int64(bitPattern: value.bitPattern)) }

    mutating func append(_ text: String) {
        append(Int64(text.utf8.count))
        data.append(contentsOf: text.utf8)
    }

    mutating func append(_ profile: CustomerProfile) {
        let journey = profile.journey
        append(journey.readings)
        append(journey.unknown)
        for index in 0..<3 { append(journey.counts[index]) }
        for index in 0..<3 { append(journey.average[index]) }
        for index in 0..<3 { append(journey.slowAverage[index]) }
        append(Int64(journey.last.count))
        for reading in journey.last { for index in 0..<3 { append(Double(reading[index])) } }
        append(journey.lastIsKnown ? 1 : 0 as Int64)
        for value in profile.integers { append(value) }
    }
}

/// Reads what `ProfileEncoding` wrote; every read past the end gives `nil`.
struct ProfileDecoding {
    private let data: Data
    private var offset = 0

    init(_ data: Data) { self.data = data }

    var isAtEnd: Bool { offset == data.count }

    mutating func integer() -> Int64? {
        guard data.count - offset >= 8 else { return nil }
        let value = data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Int64.self) }
        offset += 8
        return Int64(littleEndian: value)
    }

    mutating func number() -> Double? { integer().map { Double(bitPattern: UInt64(bitPattern: $0)) } }

    mutating func text() -> String? {
        guard let count = integer(), count >= 0, count <= data.count - offset else { return nil }
        defer { offset += Int(count) }
        let start = data.startIndex + offset
        return String(data: data[start..<start + Int(count)], encoding: .utf8)
    }

    mutating func profile() -> CustomerProfile? {
        var profile = CustomerProfile()
        guard let readings = integer(), let unknown = integer() else { return nil }
        profile.journey.readings = readings
        profile.journey.unknown = unknown
        for index in 0..<3 {
            guard let count = integer() else { return nil }
            profile.journey.counts[index] = count
        }
        for index in 0..<3 {
            guard let value = number() else { return nil }
            profile.journey.average[index] = value
        }
        for index in 0..<3 {
            guard let value = number() else { return nil }
            profile.journey.slowAverage[index] = value
        }
        guard let kept = integer(), (0...Int64(EmotionalJourney.memory)).contains(kept) else { return nil }
        for _ in 0..<kept {
            guard let x = number(), let y = number(), let z = number() else { return nil }
            profile.journey.last.append(SIMD3(Float(x), Float(y), Float(z)))
        }
        guard let known = integer() else { return nil }
        profile.journey.lastIsKnown = known == 1
        var integers: [Int64] = []
        for _ in profile.integers {
            guard let value = integer() else { return nil }
            integers.append(value)
        }
        profile.setIntegers(integers)
        return profile
    }
}

extension CustomerProfile {
    /// Every field beside the journey, in one order for reading and writing.
    var integers: [Int64] {
        [
            events, impressions.x, impressions.y, impressions.z, engagements, purchases, revenueMicros, waits,
            lastContact, lastEngagement, lastCreativeKind, lastChannel, lastTime, churned ? 1 : 0, objected ? 1 : 0,
        ]
    }

    mutating func setIntegers(_ values: [Int64]) {
        events = values[0]
        impressions = SIMD3(values[1], values[2], values[3])
        engagements = values[4]
        purchases = values[5]
        revenueMicros = values[6]
        waits = values[7]
        lastContact = values[8]
        lastEngagement = values[9]
        lastCreativeKind = values[10]
        lastChannel = values[11]
        lastTime = values[12]
        churned = values[13] == 1
        objected = values[14] == 1
    }
}
