import Testing

@testable import LabStreams

@Suite("Duplicates and splits")
struct DuplicateTests {
    func set(_ text: String) -> [UInt32] { NormalForm(text).shingles }

    @Test("Jaccard similarity of four-character runs, by hand")
    func similarity() {
        #expect(jaccard(set("abcdef"), set("abcdef")) == 1)
        // abcd bcde cdef | abcd bcde cdeX: 2 of 4
        #expect(jaccard(set("abcdef"), set("abcdex")) == 0.5)
        #expect(jaccard(set("abcdef"), set("uvwxyz")) == 0)
        #expect(NormalForm("RT @user: Hello  http").text == "hello")
        #expect(NormalForm("@user http").text == "@user http")
        #expect(jaccard(set("good :)"), set("good :(")) < 0.85)
    }

    @Test("Texts of two splits are never similar", arguments: 0..<5)
    func noStraddling(seed: Int) {
        var noise = TestNoise(seed: seed)
        let words = [
            "rain", "sun", "train", "late", "happy", "never", "coffee", "monday", "friend", "lost", "won", "song",
        ]
        var filter = DuplicateFilter(rules: DuplicateRules(), shares: SplitShares())
        var kept: [(shingles: [UInt32], split: TextSplit)] = []
        var texts: [String] = []
        for number in 0..<400 {
            var parts = (0..<8).map { _ in words[noise.next(words.count)] }
            if noise.next(2) == 0, !texts.isEmpty {
                parts = texts[noise.next(texts.count)].split(separator: " ").map(String.init)
                parts[noise.next(parts.count)] = words[noise.next(words.count)]
            }
            let text = parts.joined(separator: " ")
            texts.append(text)
            switch filter.judge(text, id: "\(number)") {
            case .new(_, let split): kept.append((set(text), split))
            case .duplicate: continue
            case .repeatedID: Issue.record("ids are unique here")
            }
        }
        #expect(kept.count > 100)
        for (index, left) in kept.enumerated() {
            for right in kept[..<index] where left.split != right.split {
                let similarity = jaccard(left.shingles, right.shingles)
                // Banding finds a pair of .7 with probability .9998; below, it may miss one.
                #expect(similarity < 0.7)
            }
        }
    }

    @Test("A text like two of different splits is set aside as a bridge")
    func bridge() throws {
        let shares = SplitShares()
        let numbers = 0..<1000
        func text(_ number: Int) -> String { "alpha beta gamma delta number\(number)" }
        func other(_ number: Int) -> String { "omega sigma theta kappa digit\(number)" }
        func split(_ text: String) -> TextSplit { shares.split(ofGroup: NormalForm(text).key) }
        let left = text(0)
        let right = try #require(numbers.map(other).first { split($0) != split(left) })
        var rules = DuplicateRules()
        rules.grouping = 0.4
        var filter = DuplicateFilter(rules: rules, shares: shares)
        _ = filter.judge(left, id: "left")
        _ = filter.judge(right, id: "right")
        guard case .duplicate(let found) = filter.judge(left + " " + right, id: "both") else {
            return #expect(Bool(false), "the bridge was kept")
        }
        #expect(found.kind == .bridge)
    }

    @Test("Banding finds as many pairs as its formula says")
    func recall() {
        // Sets of 100 elements that share s have similarity s / (200 - s); 1 - (1 - J⁴)³² of the pairs share a band.
        var noise = TestNoise(seed: 11)
        let index = NearDuplicateIndex()
        for (shared, expected) in [(67, 0.876), (75, 0.988), (86, 1.0)] {
            var found = 0
            for _ in 0..<400 {
                let all = (0..<200).map { _ in UInt32(truncatingIfNeeded: noise.next(1 << 32)) }
                let left = all[..<100].sorted()
                let right = (all[..<shared] + all[100..<(200 - shared)]).sorted()
                let keys = Set(index.bands(of: left))
                found += index.bands(of: right).contains(where: keys.contains) ? 1 : 0
            }
            #expect(abs(Double(found) / 400 - expected) < 0.06, "\(shared)")
        }
    }

    @Test("Shares come out as asked for; the same text always falls in the same split")
    func shares() throws {
        let shares = SplitShares()
        var counts: [TextSplit: Int] = [:]
        for number in 0..<20_000 { counts[shares.split(ofGroup: "\(number)"), default: 0] += 1 }
        #expect(abs(Double(counts[.train] ?? 0) / 20_000 - 0.55) < 0.015)
        #expect(abs(Double(counts[.calibration] ?? 0) / 20_000 - 0.1) < 0.01)
        #expect(abs(Double(counts[.test] ?? 0) / 20_000 - 0.2) < 0.012)
        #expect(shares.split(ofGroup: NormalForm("The train was late").key) == .train)
        var wrong = SplitShares()
        wrong.train = 0.9
        #expect(throws: StreamsError.self) { try wrong.validate() }
        wrong.train = -0.1
        #expect(throws: StreamsError.self) { try wrong.validate() }
    }
}
