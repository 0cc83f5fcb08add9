/// The words of the rules: degree modifiers, negations, idioms.
enum VaderVocabulary {
    /// Added to a positive valence, taken from a negative one.
    static let modifiers: [String: Double] = {
        let stronger = """
            absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous enormously
            entirely especially exceptional exceptionally extreme extremely fabulously flippin flipping frackin fracking
            frickin fricking friggin frigging fuckin fucking fuggin fugging fully greatly hella highly hugely incredible
            incredibly intensely major majorly more most particularly purely quite really remarkably so substantially
            thoroughly total totally tremendous tremendously uber unbelievably unusually utter utterly very
            """
        let weaker = """
            almost barely hardly kind-of kinda kindof less little marginal marginally occasional occasionally partly
            scarce scarcely slight slightly somewhat sort-of sorta sortof
            """
        var table: [String: Double] = [:]
        for word in stronger.split(whereSeparator: \.isWhitespace) {
            table[String(word)] = VaderScorer.Constant.booster
        }
        for word in weaker.split(whereSeparator: \.isWhitespace) { table[String(word)] = -VaderScorer.Constant.booster }
        return table
    }()

    static let phraseModifiers = [
        "just enough": -VaderScorer.Constant.booster, "kind of": -VaderScorer.Constant.booster,
        "sort of": -VaderScorer.Constant.booster,
    ]

    /// Phrases whose feeling is not that of their words.
    static let idioms: [String: Double] = [
        "the shit": 3, "the bomb": 3, "bad ass": 1.5, "badass": 1.5, "bus stop": 0, "yeah right": -2,
        "kiss of death": -1.5, "to die for": 3, "beating heart": 3.5,
    ]

    static func isNegation(_ word: String) -> Bool { negations.contains(word) || word.contains("n't") }

    private static let negations: Set<String> = Set(
        """
        aint arent cannot cant couldnt darent despite didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt
        neither never none nope nor not nothing nowhere oughtnt rarely seldom shant shouldnt uh-uh uhuh wasnt werent
        without wont wouldnt
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
