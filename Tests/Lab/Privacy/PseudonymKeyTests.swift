import Crypto
import Foundation
import LabDomain
import LabPrivacy
import Testing

@Suite struct PseudonymKeyTests {
    /// Values computed with Python's `hmac` and `hashlib` from the documented construction.
    @Test func agreesWithAnIndependentImplementation() {
        let corpus = PseudonymKey.publicCorpus(name: "vader-tweets", digest: "abc")
        #expect(corpus.pseudonym(of: "@ada", namespace: "author").rawValue == "99897001e8bab376dcb0c161b5f830df")
        let zero = PseudonymKey(SymmetricKey(data: Data(repeating: 0, count: 32)))
        #expect(zero.pseudonym(of: "zoë").rawValue == "807010185a3e145c228d4dae1078c77b")
    }

    @Test func separatesNamespacesAndKeys() {
        let key = PseudonymKey.publicCorpus(name: "a", digest: "1")
        #expect(key.pseudonym(of: "c", namespace: "ab") != key.pseudonym(of: "bc", namespace: "a"))
        #expect(key.pseudonym(of: "x") != PseudonymKey.publicCorpus(name: "a", digest: "2").pseudonym(of: "x"))
        #expect(key.pseudonym(of: "x") != PseudonymKey.publicCorpus(name: "b", digest: "1").pseudonym(of: "x"))
        // Composed and decomposed spellings are one person.
        #expect(key.pseudonym(of: "zo\u{eb}") == key.pseudonym(of: "zoe\u{308}"))
        #expect(key.pseudonym(of: "Ada") != key.pseudonym(of: "ada"))
    }
}
