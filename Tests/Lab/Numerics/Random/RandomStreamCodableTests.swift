import Foundation
import LabNumerics
import Testing

@Suite struct RandomStreamCodableTests {
    /// Draws of every kind, since each takes another number of words.
    private func draw(_ stream: inout RandomStream, _ kind: Int) -> [Double] {
        switch kind % 8 {
        case 0: return [Double(stream.nextUInt32())]
        case 1: return [stream.nextNormal()]
        case 2: return [stream.nextGamma(shape: 0.3, scale: 2)]
        case 3: return stream.permutation(7).map(Double.init)
        case 4: return [Double(stream.nextFloat())]
        case 5: return [stream.nextExponential(), stream.nextDouble()]
        case 6: return [Double(stream.nextInt(below: 1 << 40))]
        default:
            var buffer = [Float](repeating: 0, count: 33)
            stream.fillNormal(&buffer)
            return buffer.map(Double.init)
        }
    }

    @Test func goesOnBitForBitFromAnyMoment() throws {
        var kinds = RandomStream(seed: 1, name: "kinds")
        var stream = RandomStream(seed: 7, name: "codable").child("a").child(3)
        for _ in 0..<400 {
            var copy = try JSONDecoder().decode(RandomStream.self, from: JSONEncoder().encode(stream))
            #expect(copy.drawn == stream.drawn)
            var original = stream
            for _ in 0..<6 {
                let kind = kinds.nextInt(below: 8)
                #expect(draw(&copy, kind) == draw(&original, kind))
            }
            // Children depend on the name only, before and after.
            var (left, right) = (copy.child("x"), stream.child("x"))
            #expect(left.next() == right.next())
            _ = draw(&stream, kinds.nextInt(below: 8))
        }
    }

    @Test func everyPositionInABlockIsKept() throws {
        var stream = RandomStream(seed: 2, name: "positions")
        for drawn in 0..<100 {
            #expect(stream.drawn == UInt64(drawn))
            var copy = try JSONDecoder().decode(RandomStream.self, from: JSONEncoder().encode(stream))
            let word = stream.nextUInt32()
            #expect(copy.nextUInt32() == word)
        }
    }

    @Test func anotherDigestIsRefused() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(RandomStream.self, from: Data(#"{"digest":[1,2],"drawn":0}"#.utf8))
        }
    }
}
