import LabDomain
import Testing

@testable import LabCreative

@Suite struct ComplianceTests {
    private func rules(
        _ body: String, kind: CreativeKind = .inform, sentiment: Sentiment = .neutral, platform: Platform = .email
    ) throws -> Set<String> {
        let copy = Copy(headline: "A headline", body: body, callToAction: "Learn more")
        let found = try CopyChecks(brand: BrandRules(forbiddenTerms: ["cheap"])).objections(
            to: copy, kind: kind, sentiment: sentiment, platform: platform)
        return Set(found.map(\.rule))
    }

    @Test func aPlainTextPasses() throws {
        #expect(try rules("Six teas come in one box. Every tin carries its harvest date.").isEmpty)
    }

    @Test func limitsOfThePlatformHoldInItsOwnUnit() throws {
        #expect(try rules(String(repeating: "茶", count: 45), platform: .google).isEmpty)
        #expect(try rules(String(repeating: "茶", count: 46), platform: .google) == ["platform.length"])
        #expect(try rules(String(repeating: "x", count: 280), platform: .x).isEmpty)
        #expect(try rules(String(repeating: "🍵", count: 141), platform: .x) == ["platform.length"])
        #expect(try rules("  ") == ["platform.empty"])
        let labels = PlatformLimits.shipped.objections(to: "Try it", as: .callToAction, on: .linkedin)
        #expect(labels.map(\.rule) == ["platform.button"])
    }

    @Test func everyPlatformHasALimitWithSourceAndDateForEveryPart() {
        for platform in Platform.allCases where platform != .unknown {
            for part in CopyPart.allCases {
                let limit = PlatformLimits.shipped.limit(platform, part)
                #expect(limit?.source.isEmpty == false && limit?.asOf.count == 10, "\(platform) \(part)")
            }
        }
    }

    @Test func theBrandsRulesAreKept() throws {
        #expect(try rules("A CHEAP box.").contains("brand.forbidden"))
        #expect(try rules("Cheaply made? Never.").isEmpty, "a forbidden word inside another is no match")
        #expect(try rules("Guaranteed to please.") == ["brand.claim"])
        #expect(try rules("REALLY good tea.") == ["brand.capitals"])
        #expect(try rules("Good! Tea!") == ["brand.exclamation"])
        #expect(try rules("See www.example.org") == ["brand.address"])
    }

    @Test func nothingPressesOnSomeoneReadAsNegative() throws {
        #expect(try rules("Hurry, it ends today.", sentiment: .negative).contains("ethics.urgency"))
        #expect(try rules("Almost gone.", sentiment: .negative) == ["ethics.scarcity"])
        #expect(try rules("You will regret it.", sentiment: .negative) == ["ethics.fear"])
        #expect(try rules("Hurry, it ends today.", sentiment: .positive).isEmpty)
        #expect(try rules("The first tin is free.", kind: .empathise) == ["ethics.offer"])
        #expect(try rules("The first tin is free.", kind: .promote).isEmpty)
        #expect(try rules("We know you're having a hard week.") == ["ethics.presumption"])
        #expect(try rules("Freedom to pause.", kind: .empathise).isEmpty)
    }

    /// Texts that must never pass, with disguises that are in use.
    @Test(arguments: [
        "Just kill yourself", "k i l l yourself now".replacing("k i l l", with: "kill"), "c a s i n o night",
        "CASINO bonus",
        "сasino bonus", "cas1no bonus", "ca$ino", "c\u{200B}asino", "ｃａｓｉｎｏ", "casiiiino", "Cásinó", "f*ck this",
        "fuuuck", "Are you depressed?", "Guaranteed returns every month", "Get rich quick!", "Lose 10 kilos in a week",
        "You have won a phone", "Hot singles near you", "Miracle cure found", "Meth, delivered",
        "Go back to your country",
        "They are subhuman", "Buy weed here", "Nobody loves you", "Verify your account today", "Cure all cancer now",
        "Your account is suspended", "Without prescription",
    ]) func mustBlock(text: String) throws {
        #expect(try !LexiconModerator().objections(to: text).isEmpty)
    }

    /// Harmless texts that clumsy filters block.
    @Test(arguments: [
        "Scunthorpe United", "A classic assessment of grass", "Method and methodology", "Six loose teas",
        "Cocktail recipes",
        "The cure of ham takes weeks", "Killer heels in red",
        "It is a shitake dish".replacing("shitake", with: "shiitake"),
        "Meet our team in Essex", "Analysis of therapists' notes", "A better bet than most", "Bombay mix", "Die Kunst",
        "1 box, 6 tins, 30 days", "Uglier weather", "Secret garden tea",
    ]) func mustPass(text: String) throws {
        #expect(try LexiconModerator().objections(to: text) == [])
    }
}
