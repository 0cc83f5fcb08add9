/// A writing system, as far as it tells languages apart.
enum Script: UInt8, CaseIterable, Sendable {
    case latin, greek, cyrillic, armenian, hebrew, arabic, devanagari, bengali, gurmukhi, gujarati, oriya, tamil, telugu
    case kannada, malayalam, sinhala, thai, lao, tibetan, burmese, georgian, hangul, ethiopic, khmer, kana, han

    /// Of a letter; `nil` of scripts that no candidate is written in.
    init?(_ letter: Unicode.Scalar) {
        switch letter.value {
        case 0...0x24F, 0x1E00...0x1EFF: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        case 0x530...0x58F: self = .armenian
        case 0x590...0x5FF: self = .hebrew
        case 0x600...0x77F, 0x8A0...0x8FF: self = .arabic
        case 0x900...0x97F: self = .devanagari
        case 0x980...0x9FF: self = .bengali
        case 0xA00...0xA7F: self = .gurmukhi
        case 0xA80...0xAFF: self = .gujarati
        case 0xB00...0xB7F: self = .oriya
        case 0xB80...0xBFF: self = .tamil
        case 0xC00...0xC7F: self = .telugu
        case 0xC80...0xCFF: self = .kannada
        case 0xD00...0xD7F: self = .malayalam
        case 0xD80...0xDFF: self = .sinhala
        case 0xE00...0xE7F: self = .thai
        case 0xE80...0xEFF: self = .lao
        case 0xF00...0xFFF: self = .tibetan
        case 0x1000...0x109F: self = .burmese
        case 0x10A0...0x10FF: self = .georgian
        case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7AF: self = .hangul
        case 0x1200...0x139F: self = .ethiopic
        case 0x1780...0x17FF: self = .khmer
        case 0x3040...0x30FF: self = .kana
        case 0x3400...0x9FFF, 0x20000...0x3FFFF: self = .han
        default: return nil
        }
    }

    /// A sign of these says as much as two or three letters.
    var weight: Int {
        switch self {
        case .kana, .han, .hangul: 5
        default: 2
        }
    }

    /// Scripts in which a language is written.
    static func of(_ language: String) -> [Script] { table[language] ?? [.latin] }

    private static let table: [String: [Script]] = [
        "am": [.ethiopic], "ar": [.arabic], "be": [.cyrillic], "bg": [.cyrillic], "bn": [.bengali], "bo": [.tibetan],
        "ckb": [.arabic], "el": [.greek], "fa": [.arabic], "gu": [.gujarati], "he": [.hebrew], "hi": [.devanagari],
        "hy": [.armenian], "ja": [.kana, .han], "ka": [.georgian], "kk": [.cyrillic, .latin], "km": [.khmer],
        "kn": [.kannada], "ko": [.hangul], "ku": [.latin, .arabic], "ky": [.cyrillic], "lo": [.lao], "mk": [.cyrillic],
        "ml": [.malayalam], "mn": [.cyrillic], "mr": [.devanagari], "my": [.burmese], "ne": [.devanagari],
        "or": [.oriya], "pa": [.gurmukhi], "ps": [.arabic], "ru": [.cyrillic], "sa": [.devanagari], "sd": [.arabic],
        "si": [.sinhala], "sr": [.cyrillic, .latin], "ta": [.tamil], "te": [.telugu], "tg": [.cyrillic],
        "th": [.thai], "ug": [.arabic], "uk": [.cyrillic], "ur": [.arabic], "uz": [.latin, .cyrillic],
        "yi": [.hebrew], "zh": [.han],
    ]
}
