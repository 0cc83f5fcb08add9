import LabNumerics
import Testing

@testable import LabLanguage

@Suite("A double array holds what its trie holds")
struct DoubleArrayTests {
    /// The numbers of all prefixes of `bytes` that are strings, by walking.
    private func walk(_ array: DoubleArray, _ bytes: [UInt8]) -> [Int: Int] {
        let view = array.view
        var base = view.root
        var found: [Int: Int] = [:]
        for (index, byte) in bytes.enumerated() {
            let unit = view.unit(base, byte)
            guard unit.follows(byte) else { break }
            base = unit.base
            if unit.value >= 0 { found[index + 1] = unit.value }
        }
        return found
    }

    @Test("Strings of few and of many bytes", arguments: [2, 20, 256])
    func strings(alphabet: Int) {
        var stream = RandomStream(seed: 3, name: "double-array/\(alphabet)")
        func string() -> [UInt8] {
            (0..<Int.random(in: 1...8, using: &stream)).map { _ in UInt8(Int.random(in: 0..<alphabet, using: &stream)) }
        }
        var strings: [[UInt8]: Int] = [:]
        var trie = ByteTrie()
        for value in 0..<20_000 {
            let bytes = string()
            strings[bytes] = value
            trie.insert(bytes, value: Int32(value))
        }
        #expect(trie.stringCount == strings.count)
        let array = DoubleArray(trie)
        for bytes in Array(strings.keys) + (0..<20_000).map({ _ in string() }) {
            #expect(bytes.withUTF8Bytes { array.value(of: $0) }.map(Int.init) == strings[bytes])
            let longer = bytes + string()
            let expected = (1...longer.count).compactMap { count in strings[Array(longer[..<count])].map { (count, $0) }
            }
            #expect(walk(array, longer) == Dictionary(uniqueKeysWithValues: expected))
        }
    }

    @Test("No strings")
    func empty() {
        let array = DoubleArray(ByteTrie())
        #expect((UInt8(0)...255).allSatisfy { !array.view.unit(array.root, $0).follows($0) })
        #expect([UInt8]().withUTF8Bytes { array.value(of: $0) } == nil)
    }
}
