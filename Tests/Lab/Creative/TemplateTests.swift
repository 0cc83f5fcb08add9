import LabDomain
import Testing

@testable import LabCreative

@Suite struct TemplateTests {
    @Test func slotsTakeTypedValues() throws {
        let template = try Template(
            name: "t", "{brand}: {price:money} for {count:count} tins, {off:percent|now} {{sic}}")
        let text = try template.rendered([
            "brand": .text("Fernhill"), "price": .money(Money(micros: 4_500_000)), "count": .count(6),
        ])
        #expect(text == "Fernhill: 4.50 EUR for 6 tins, now {sic}")
        #expect(template.slots.map(\.name) == ["brand", "price", "count", "off"])
    }

    @Test func valuesAreDataNeverTemplatesLinesOrMarkup() throws {
        let template = try Template(name: "t", "Hi {name}!")
        let bad: [String: SlotValue] = ["name": .text("{brand}\r\n\u{202E}<b>&\"x\u{0}")]
        #expect(try template.rendered(bad) == "Hi {brand} <b>&\"x!")
        #expect(try template.rendered(bad, escaping: .html) == "Hi {brand} &lt;b&gt;&amp;&quot;x!")
    }

    @Test func missingAndWrongValuesAreErrorsThatNameTheSlot() throws {
        let template = try Template(name: "t", "{a} {n:count}")
        #expect(throws: CreativeError.missingSlot(template: "t", slot: "a")) { try template.rendered([:]) }
        #expect(throws: CreativeError.wrongSlotType(template: "t", slot: "n", expected: "count")) {
            try template.rendered(["a": .text("x"), "n": .text("7")])
        }
    }

    @Test(arguments: ["{", "a } b", "{}", "{a b}", "{a:date}"]) func malformedTemplatesAreRefused(
        source: String
    ) {
        #expect(throws: CreativeError.self) { try Template(name: "t", source) }
    }

    @Test func longValuesFallBackBeforeTextIsCut() throws {
        let template = try Template(name: "t", "{brand}: {product|tea} {extra|}")
        let values: [String: SlotValue] = [
            "brand": .text("Fernhill"), "product": .text("the six-tin loose-leaf tea box"), "extra": .text("now"),
        ]
        #expect(
            try template.rendered(values, limit: (60, .graphemes)) == "Fernhill: the six-tin loose-leaf tea box now")
        #expect(try template.rendered(values, limit: (20, .graphemes)) == "Fernhill: tea now")
        #expect(try template.rendered(values, limit: (14, .graphemes)) == "Fernhill: tea")
        #expect(try template.rendered(values, limit: (9, .graphemes)).count <= 9)
    }
}
