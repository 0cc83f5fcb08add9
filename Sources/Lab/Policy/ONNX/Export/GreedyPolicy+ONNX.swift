import LabNumerics

extension QNetwork {
    /// Appends Q in currency units, [N, actions], for observations as they were seen.
    public func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, name: String = "q"
    ) -> ONNXGraphBuilder.Value {
        let input = graph.normalise(observation, mean: mean, deviation: deviation)
        return graph.scale(graph.network(input, network, name: name), by: rewardScale)
    }
}

extension GreedyPolicy: ONNXExportable {
    public var exportKind: String { "greedy" }

    public func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, permitted: ONNXGraphBuilder.Value
    ) -> ONNXDecision {
        let scores = network.describe(in: &graph, observation: observation)
        return ONNXDecision(
            scores: scores,
            probabilities: graph.greedy(scores, permitted: permitted, epsilon: Float(epsilon), actions: actionCount))
    }

    public var exportNotes: [String: String] {
        ["scores": "Q in currency units", "rewardScale": "\(network.rewardScale)", "epsilon": "\(epsilon)"]
    }
}

extension FixedPolicy: ONNXExportable {
    public var exportKind: String { "fixed" }

    /// The scores are the same in every state: the first preference has the largest.
    public func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, permitted: ONNXGraphBuilder.Value
    ) -> ONNXDecision {
        var row = [Float](repeating: -.greatestFiniteMagnitude, count: actionCount)
        for (place, action) in preferences.enumerated().reversed() { row[action] = -Float(place) }
        let zero = graph.multiply(graph.columns(0..<1, of: observation), graph.constant(0))
        let preferred = graph.constant("preferences", ONNXTensor(shape: [1, actionCount], row))
        let scores = graph.add(preferred, zero)
        return ONNXDecision(
            scores: scores,
            probabilities: graph.greedy(scores, permitted: permitted, epsilon: 0, actions: actionCount))
    }
}

extension MixturePolicy: ONNXExportable {
    public var exportKind: String { "mixture" }

    /// The scores are the candidate's. Throws `PolicyError.invalidSetting` where a part cannot be exported.
    public func describe(
        in graph: inout ONNXGraphBuilder, observation: ONNXGraphBuilder.Value, permitted: ONNXGraphBuilder.Value
    ) throws -> ONNXDecision {
        guard let candidate = candidate as? any ONNXExportable, let behavior = behavior as? any ONNXExportable else {
            throw PolicyError.cannotExport(policy: "a mixture of \(type(of: candidate)) and \(type(of: behavior))")
        }
        let mine = try candidate.describe(in: &graph, observation: observation, permitted: permitted)
        let theirs = try behavior.describe(in: &graph, observation: observation, permitted: permitted)
        let weight = Float(share)
        let mixed = graph.add(
            graph.scale(mine.probabilities, by: weight), graph.scale(theirs.probabilities, by: 1 - weight))
        return ONNXDecision(scores: mine.scores, probabilities: mixed)
    }
}
