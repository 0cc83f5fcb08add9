import LabDomain
import RealModule

extension SoftmaxPolicy: ONNXExportable {
    public var exportKind: String { "softmax" }

    public func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, permitted: ONNXGraphBuilder.Value
    ) -> ONNXDecision {
        let scores = network.describe(in: &graph, observation: observation)
        let sharpened = graph.scale(scores, by: 1 / Float(temperature))
        return ONNXDecision(scores: scores, probabilities: graph.softmax(graph.masked(sharpened, permitted)))
    }

    public var exportNotes: [String: String] { ["temperature": "\(temperature)"] }
}

extension ConstrainedPolicy: ONNXExportable {
    public var exportKind: String { "constrained" }

    /// The scores are Q; the actions that the imitation leaves out have probability 0.
    public func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, permitted: ONNXGraphBuilder.Value
    ) -> ONNXDecision {
        let scores = values.describe(in: &graph, observation: observation)
        let logits = graph.masked(
            imitation.describe(in: &graph, observation: observation, name: "imitation"), permitted)
        let floor = graph.constant(Float.log(Float(threshold)))
        // At or above the floor: not below it.
        let isRare = graph.isGreater(floor, than: graph.subtractMaximum(logits))
        let left = graph.both(permitted, graph.node("Not", [isRare]))
        return ONNXDecision(
            scores: scores,
            probabilities: graph.greedy(scores, permitted: left, epsilon: 0, actions: actionCount))
    }

    public var exportNotes: [String: String] { ["threshold": "\(threshold)"] }
}

extension SegmentedPolicy: ONNXExportable {
    public var exportKind: String { "segmented" }

    /// All networks are computed, and each row takes its segment's. Throws `PolicyError.cannotExport` where one cannot be.
    public func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, permitted: ONNXGraphBuilder.Value
    ) throws -> ONNXDecision {
        var scores: [ONNXGraphBuilder.Value] = []
        var probabilities: [ONNXGraphBuilder.Value] = []
        for policy in segments.map({ $0 ?? fallback }) + [fallback] {
            guard let part = policy as? any ONNXExportable else {
                throw PolicyError.cannotExport(policy: "\(type(of: policy))")
            }
            let decision = try part.describe(in: &graph, observation: observation, permitted: permitted)
            scores.append(decision.scores)
            probabilities.append(decision.probabilities)
        }
        let proxies = graph.join(rule.features.map { graph.columns($0..<$0 + 1, of: observation) })
        let place = graph.place(ofLargestIn: proxies)
        // The largest without the largest is the second.
        let isLargest = graph.indicator(place, columns: rule.features.count)
        let others = graph.subtract(proxies, graph.scale(isLargest, by: 1e30))
        let lead = graph.subtract(graph.maximum(proxies), graph.maximum(others))
        let isUnclear = graph.isGreater(graph.constant(rule.margin), than: lead)
        func chosen(_ parts: [ONNXGraphBuilder.Value]) -> ONNXGraphBuilder.Value {
            graph.select(isUnclear, parts[parts.count - 1], else: graph.choose(place, among: Array(parts.dropLast())))
        }
        return ONNXDecision(scores: chosen(scores), probabilities: chosen(probabilities))
    }

    public var exportNotes: [String: String] {
        [
            "segmentFeatures": rule.features.map { schema.features[$0] }.joined(separator: " "),
            "margin": "\(rule.margin)",
        ]
    }
}
