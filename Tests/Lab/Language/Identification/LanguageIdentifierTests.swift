import Foundation
import LabDomain
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("Language identification")
struct LanguageIdentifierTests {
    /// Sentences written for this test, in the manner of posts.
    static let sentences: [String: String] = [
        "ar": "والله ما أدري ليش النت بطيء اليوم", "az": "bu gün hava çox gözəldir, mən evdə qalmıram",
        "be": "сёння вельмі добры дзень, бо мы разам", "bg": "днес времето е много хубаво и съм щастлив",
        "bn": "আজ আবহাওয়া খুব সুন্দর", "ca": "avui fa molt bon dia i no tinc ganes de treballar",
        "cs": "dnes je venku krásně a já musím být v práci", "da": "jeg gider ikke op i dag, det er alt for koldt",
        "de": "ich hab heute echt keine Lust auf Schule", "el": "καλημέρα σε όλους, τι ωραία μέρα",
        "en": "can't believe how good this coffee is @user http", "es": "no puedo creer que ya sea lunes otra vez",
        "et": "täna on nii ilus ilm, et ma ei taha tööl olla", "eu": "gaur oso egun ona da eta pozik nago",
        "fa": "امروز هوا خیلی خوب است و من خوشحالم", "fi": "tänään on niin kaunis sää etten jaksa olla töissä",
        "fr": "j'ai trop envie de dormir mais faut y aller", "he": "איזה יום יפה היום", "hi": "आज मौसम बहुत अच्छा है",
        "hr": "tko danas ide na kavu, vrijeme je baš lijepo", "hu": "ma nagyon szép idő van, de dolgozni kell",
        "hy": "այսօր շատ գեղեցիկ օր է", "is": "það er svo gott veður í dag að ég nenni ekki neinu",
        "it": "oggi non ho proprio voglia di fare niente", "ja": "今日はいい天気ですね", "ka": "დღეს ძალიან კარგი ამინდია",
        "ko": "오늘 날씨가 정말 좋네요", "lt": "šiandien labai graži diena ir aš laimingas",
        "lv": "šodien ir ļoti laba diena un es esmu priecīgs", "mr": "आज हवामान खूप छान आहे आणि मी आनंदी आहे",
        "ms": "hari ini saya tidak mahu pergi kerja", "nl": "ik heb vandaag echt geen zin om te werken",
        "no": "jeg gidder ikke stå opp i dag, det er altfor kaldt ute nå",
        "pl": "dzisiaj jest piękny dzień, ale muszę iść do pracy",
        "pt": "hoje não tô com vontade de fazer nada", "ro": "astăzi este foarte frumos și nu vreau să lucrez",
        "ru": "сегодня такая хорошая погода, а я на работе", "sk": "dnes je krásne počasie a ja musím byť v práci",
        "sl": "danes je zelo lep dan, ampak moram v službo", "sq": "sot është ditë shumë e bukur dhe jam i lumtur",
        "sr": "данас је баш леп дан, али морам на посао", "sv": "jag orkar inte gå upp idag, det är alldeles för kallt",
        "ta": "இன்று வானிலை மிகவும் நன்றாக உள்ளது", "th": "วันนี้อากาศดีมาก", "tl": "ang ganda ng araw ngayon pero wala akong gana",
        "tr": "bugün hava çok güzel ama işe gitmem lazım", "uk": "сьогодні дуже гарна погода, але я на роботі",
        "ur": "آج موسم بہت اچھا ہے اور میں خوش ہوں", "vi": "hôm nay trời đẹp quá mà phải đi làm",
        "yo": "mo fẹ́ràn rẹ gan ni, ọjọ́ òní dára púpọ̀", "zh": "今天天气真好",
    ]

    func standard() throws -> LanguageIdentifier {
        try LanguageIdentifier(contentsOf: #require(PulledFile.languageModel))
    }

    @Test(
        "A post in each language is known for what it is",
        .enabled(if: PulledFile.languageModel != nil, "labctl data pull langid-176"))
    func languages() throws {
        let identifier = try standard()
        for (code, sentence) in Self.sentences {
            let found = identifier.identify(sentence)
            #expect(found.code == code, "\(sentence): \(found)")
        }
    }

    @Test(
        "What cannot be told is unknown",
        .enabled(if: PulledFile.languageModel != nil, "labctl data pull langid-176"),
        arguments: [
            "", " ", "😀😀", "@user http", "123 !!!", "ok", "x", ":)", "#", "\u{200D}\u{FE0F}", "\u{0}\u{7}", "ᚠᚢᚦ",
        ])
    func unknown(post: String) throws { #expect(try standard().identify(post).code == nil) }

    @Test(
        "Candidates take the evidence of their macrolanguage's members",
        .enabled(if: PulledFile.languageModel != nil, "labctl data pull langid-176"))
    func relatives() throws {
        let post = "aku gak mau kerja hari ini karena capek banget"
        #expect(try standard().identify(post).code == "ms")
        #expect(try standard().restricted(to: ["en", "id", "ms"]).identify(post).code == "id")
        let among = try standard().restricted(to: ["de", "nl"])
        #expect(among.identify("das weiß ich nicht").code == "de")
        #expect(among.identify("привет, как дела").code == nil)
        #expect(throws: LanguageError.self) { _ = try standard().restricted(to: ["de", "klingon"]) }
    }

    /// Figures as they were when the weights were chosen; the joined pairs have no grammar, and UMSAB's labels are noisy.
    @Test(
        "Word pairs of 54 languages and tweets of seven",
        .enabled(
            if: PulledFile.languageModel != nil && PulledFile.mirrored("eld-langid/word-pairs.txt") != nil,
            "labctl data pull langid-176, and LAB_MIRROR"))
    func corpora() throws {
        let identifier = try standard()
        let file = try String(contentsOf: #require(PulledFile.mirrored("eld-langid/word-pairs.txt")), encoding: .utf8)
        var (right, count) = (0, 0)
        var pairs: [String: [Substring]] = [:]
        for line in file.split(separator: "\n") {
            let columns = line.split(separator: "\t", maxSplits: 1)
            pairs[String(columns[0]), default: []].append(columns[1])
        }
        for (code, pairs) in pairs {
            for start in stride(from: 0, to: pairs.count - 6, by: 6) {
                right += identifier.identify(pairs[start..<start + 6].joined(separator: " ")).code == code ? 1 : 0
                count += 1
            }
        }
        #expect(Double(right) / Double(count) > 0.965, "\(right) of \(count)")
        (right, count) = (0, 0)
        let folders = [
            "ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian",
            "pt": "portuguese",
        ]
        for (code, folder) in folders {
            for line in PulledFile.lines(under: "umsab/\(folder)") {
                right += identifier.identify(line).code == code ? 1 : 0
                count += 1
            }
        }
        #expect(Double(right) / Double(count) > 0.977, "\(right) of \(count)")
    }

    @Test("It works over any model with codes as labels")
    func smallModel() throws {
        let model = try FastTextModel(contentsOf: Fixture.file("Language/fasttext/tree.bin"))
        let identifier = try LanguageIdentifier(model: model, languages: ["de", "en", "fr", "ru"])
        #expect(identifier.identify("und das ist nicht von mir").code == "de")
        #expect(identifier.identify("что это такое").code == "ru")
        #expect(identifier.identify("مرحبا").code == nil)
        #expect(identifier.identify(String(repeating: "the and ", count: 12_500)).code == "en")
        #expect(throws: LanguageError.self) { _ = try LanguageIdentifier(model: model) }
    }

    @Test("Descriptions of media are asked only where the text does not say")
    func media() throws {
        let model = try FastTextModel(contentsOf: Fixture.file("Language/fasttext/tree.bin"))
        let identifier = try LanguageIdentifier(model: model, languages: ["de", "en", "fr", "ru"])
        let (german, russian) = ("und das ist nicht von mir", "что это такое")
        for (text, media, code) in [
            (german, [russian], "de"), ("😂", ["🙂", russian, german], "ru"), ("", [german], "de"), ("😂", ["🙂"], nil),
            ("😂", [], nil),
        ] {
            #expect(identifier.identify(PostText(text, mediaDescriptions: media)).code == code, "\(text) \(media)")
        }
        #expect(identifier.identify(PostText(german)) == identifier.identify(german))
    }
}
