import LabCharts
import LabRuns

extension SecretMask {
    /// The text without secrets, as they are or as the reports' formats escape them.
    func maskedInReport(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            [secret, Markup.escaped(secret), MarkdownText.escaped(secret)].reduce(text) {
                $0.replacing($1, with: "***")
            }
        }
    }
}
