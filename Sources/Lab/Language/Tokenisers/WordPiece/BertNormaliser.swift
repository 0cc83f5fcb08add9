/// The normalisation of BERT: control characters go, white space becomes a space, ideographs get spaces around them,
/// accents are stripped (canonical decomposition without nonspacing marks), letters become lower case.
///
/// Equal to `BertNormalizer` of Hugging Face's `tokenizers`, whose tables of Unicode 8 and 9 `UnicodeCategories` follows.
struct BertNormaliser: Sendable {
    /// What to do; the defaults are those of the uncased models.
    struct Settings: Sendable, Equatable {
        var cleansText = true
        var spacesIdeographs = true
        /// As in the file: `nil` strips where lower case is made.
        var stripsAccents: Bool?
        var lowercases = true
    }

    let settings: Settings
    /// What becomes of each ASCII character; 0xFF where it goes.
    let ascii: [UInt8]
    /// What becomes of each character up to U+FFFF.
    let rules: [Rule]
    /// The bytes that rules put in a character's place.
    let replacements: [UInt8]

    var stripsAccents: Bool { settings.stripsAccents ?? settings.lowercases }

    init(settings: Settings = Settings()) {
        self.settings = settings
        let builder = RuleBuilder(settings: settings)
        var rules: [Rule] = []
        var pool: [UInt8] = []
        rules.reserveCapacity(0x10000)
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else {
                rules.append(Rule(.keep))
                continue
            }
            let (rule, bytes) = builder.rule(for: scalar, offset: pool.count)
            rules.append(rule)
            pool += bytes
        }
        ascii = (0..<128).map { value in
            switch rules[value].action {
            case .keep: UInt8(value)
            case .replace: pool[rules[value].offset]
            case .drop, .dropStarter, .reorder: 0xFF
            }
        }
        self.rules = rules
        replacements = pool
    }

    /// What becomes of one character.
    struct Rule: Sendable {
        enum Action: UInt32 {
            case keep, drop
            /// A mark of combining class 0 goes: marks are not put in order across it.
            case dropStarter
            case replace
            /// A mark stays, or comes with the decomposition, and must be put in canonical order.
            case reorder
        }

        /// Action, number of bytes and their offset, in 3, 5 and 24 bits.
        private let bits: UInt32

        init(_ action: Action, length: Int = 0, offset: Int = 0) {
            bits = action.rawValue | UInt32(length) << 3 | UInt32(offset) << 8
        }

        var action: Action { Action(rawValue: bits & 7) ?? .keep }
        var length: Int { Int(bits >> 3 & 31) }
        var offset: Int { Int(bits >> 8) }
    }
}
