import Testing

@testable import LabLanguage

@Suite("Features")
struct FeatureTests {
    @Test("Columns ascend, lie in the width, and each family has its length")
    func shape() throws {
        var recipe = FeatureRecipe()
        recipe.bits = 24
        let extractor = try FeatureExtractor(recipe)
        let vector = extractor.features("Such a lovely, lovely evening with @user")
        #expect(zip(vector.columns, vector.columns.dropFirst()).allSatisfy { $0 < $1 })
        #expect(vector.columns.allSatisfy { (0..<Int32(extractor.width)).contains($0) })
        // Words and characters have length 1 each; this text's shape has nothing to note.
        #expect(abs(vector.values.reduce(0) { $0 + $1 * $1 } - 2) < 1e-3)
        #expect(extractor.features("") == SparseVector(columns: [], values: []))
    }

    @Test("The hash of a feature is the same on every machine")
    func golden() {
        // FNV-1a of "word\0good" is 0x0B0F… by definition; the finisher is MurmurHash3's fmix64.
        var hash = FeatureHash("word")
        hash.add("good")
        var fnv: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in [0x77, 0x6F, 0x72, 0x64, 0, 0x67, 0x6F, 0x6F, 0x64] as [UInt64] {
            fnv = (fnv ^ byte) &* 0x100_0000_01B3
        }
        fnv = (fnv ^ (fnv >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        fnv = (fnv ^ (fnv >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        #expect(hash.finished == fnv ^ (fnv >> 33))
    }

    @Test("Negation, order and case change the features; a user's name and an address do not")
    func differences() throws {
        let extractor = try FeatureExtractor(FeatureRecipe())
        let plain = extractor.features("the train is good")
        #expect(extractor.features("the train is not good") != plain)
        #expect(extractor.features("good is the train") != plain)
        #expect(extractor.features("The Train is good") == plain)
        #expect(extractor.features("the train is GOOD") != plain)
        #expect(extractor.features("@anna the train") == extractor.features("@bert the train"))
    }

    @Test("Signed hashing into few columns keeps inner products right on average")
    func collisions() throws {
        var recipe = FeatureRecipe()
        recipe.bits = 10
        let small = try FeatureExtractor(recipe)
        recipe.bits = 22
        let large = try FeatureExtractor(recipe)
        func product(_ left: SparseVector, _ right: SparseVector) -> Double {
            let table = Dictionary(uniqueKeysWithValues: zip(right.columns, right.values))
            return zip(left.columns, left.values).reduce(0) { $0 + Double($1.1 * (table[$1.0] ?? 0)) }
        }
        let words = ["rain", "sun", "train", "late", "happy", "never", "coffee", "monday", "friend", "lost"]
        var differences: [Double] = []
        for first in words {
            for second in words {
                let (a, b) = ("\(first) walked home with \(second)", "\(second) \(second) or \(first), nobody knows")
                differences.append(
                    product(small.features(a), small.features(b)) - product(large.features(a), large.features(b)))
            }
        }
        let mean = differences.reduce(0, +) / Double(differences.count)
        #expect(abs(mean) < 0.1)
    }

    @Test("Unusable recipes are refused")
    func recipes() {
        var recipe = FeatureRecipe()
        recipe.bits = 40
        #expect(throws: LanguageError.self) { _ = try FeatureExtractor(recipe) }
        recipe = FeatureRecipe()
        recipe.lexicon = true
        #expect(throws: LanguageError.lexiconNeeded) { _ = try FeatureExtractor(recipe) }
        recipe = FeatureRecipe()
        recipe.wordGrams = 0
        recipe.longestCharacterGram = 0
        #expect(throws: LanguageError.self) { _ = try FeatureExtractor(recipe) }
    }
}
