/// Which letters beyond a–z a language writes: one that it does not have speaks against it.
///
/// Letters of the languages' orthographies, the older cedilla forms of Romanian and accents of stressed syllables included.
enum Alphabet {
    /// Letters by language; a language without an entry is not judged by its letters.
    static let byLanguage: [String: Set<Unicode.Scalar>] = table.mapValues { Set($0.unicodeScalars) }

    private static let table: [String: String] = [
        "az": "çəğıiöşü", "ca": "àçèéíïòóúü", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß", "en": "é",
        "es": "áéíñóúü", "et": "äöõüšž", "eu": "ñü", "fi": "äöåšž", "fr": "àâæçéèêëîïôœùûüÿ", "hr": "čćđšž",
        "hu": "áéíóöőúüű", "id": "é", "is": "áðéíóúýþæö", "it": "àèéìíîòóùú", "ku": "çêîşûé" + sorani,
        "lt": "ąčęėįšųūž",
        "lv": "āčēģīķļņšūžŗō", "ms": "é", "nl": "éëïóöüáèê", "no": "æøåéòóô", "pl": "ąćęłńóśźż",
        "pt": "àáâãçéêíóôõúü", "ro": "ăâîșțşţ", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sq": "çë",
        "sr": "čćđšž" + serbian,
        "sv": "åäöé", "tl": "ñáàâéíóú", "tr": "çğıiöşüâîû", "vi": vietnamese, "yo": "àáèéẹìíòóọṣùúńǹḿ\u{300}\u{301}",
        "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
        "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", "fa": "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيكة",
        "ur": "ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھیےۓةۂ", "hi": devanagari, "mr": devanagari + "ळ",
    ]

    private static let sorani = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ"
    private static let serbian = "абвгдђежзијклљмнњопрстћуфхцчџш"
    private static let vietnamese =
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    private static let devanagari = "अआइईउऊऋऌएऐऑओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"
}
