import Foundation
import LabRuns
import LabStorage
import LabTestKit
import Testing

@testable import LabWorkbench

/// Whether the weights that the rows need were pulled.
private let hasWeights = ["minilm-l6"].allSatisfy {
    (try? DatasetCatalogue.standard(workspace: Checkout.root).status(of: $0))?.state == .present
}

@Suite("The benchmark of reading")
struct LanguageSuiteTests {
    @Test(
        "Without peers every row has a value and none is judged",
        .enabled(if: hasWeights, "labctl data pull minilm-l6"))
    func alone() async throws {
        let rows = try await LanguageSuite().rows(BenchmarkOptions(quick: true, peers: false, filter: "l6"))
        let names = rows.map(\.name)
        #expect(Set(names).count == names.count)
        for part in ["beside ONNX Runtime in batches of 32", "beside OpenVINO", "64 tokens each"] {
            #expect(names.contains { $0.contains(part) }, "\(part)")
        }
        for row in rows {
            #expect(row.value > 0 && row.value.isFinite && row.met == nil && row.ratio == nil, "\(row.name)")
        }
    }
}
