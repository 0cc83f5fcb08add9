import Foundation
import LabDomain

/// How a model is used as a policy: which input takes what, which output is read, how many rows and columns there are.
struct ONNXPolicyPlan: Sendable {
    let schema: StateSchema
    let actionCount: Int
    let reading: ONNXPolicy.Reading
    let actionNames: [String]?
    /// The input that takes observations.
    let observation: String
    /// The input that takes what is permitted.
    let mask: String?
    let output: String
    /// The number of rows that the model always takes, where it was exported without a free one.
    let fixedRows: Int?
    /// Whether Lab wrote the model.
    let isOurs: Bool

    init(
        _ model: ONNXModel, file: String, schema given: StateSchema?, actionCount: Int?, output: String?,
        reading: ONNXPolicy.Reading?
    ) throws {
        func refuse(_ reason: String, _ remedy: String) -> PolicyError {
            .unsuitableModel(file: file, reason: reason, remedy: remedy)
        }
        isOurs = model.metadata[ONNXMetadata.format] == "1"
        let defaults = Set(model.graph.initialisers.map(\.name))
        let inputs = model.graph.inputs.filter { !defaults.contains($0.name) }
        let observations = inputs.filter { $0.type == .float }
        let masks = inputs.filter { $0.type == .bool }
        guard observations.count == 1, masks.count <= 1, inputs.count == observations.count + masks.count else {
            throw refuse(
                "its inputs are \(Self.list(inputs))",
                "export it with one float32 input [N, features], and at most one bool input [N, actions]")
        }
        let input = observations[0]
        guard input.shape.map({ $0.count == 2 }) ?? true else {
            throw refuse("its observations are \(Self.list([input]))", "export it for rows: [N, features]")
        }
        observation = input.name
        mask = masks.first?.name

        // Which rows: what the model says of itself and what it is given must agree.
        let stated = try Self.statedSchema(model, refuse)
        guard let schema = given ?? stated else {
            throw refuse("it does not say what its observations mean", "give the schema of the log it is evaluated on")
        }
        if let stated, let given, stated != given {
            throw PolicyError.schemaMismatch(
                policy: "\(stated.name) \(stated.version), rows of \(stated.features.count) numbers",
                found: "\(given.name) \(given.version), rows of \(given.features.count) numbers")
        }
        if case .fixed(let width)? = input.shape?.last, width != schema.features.count {
            throw PolicyError.schemaMismatch(
                policy: "rows of \(width) numbers ('\(input.name)' of \(file))",
                found: "rows of \(schema.features.count) numbers (\(schema.name))")
        }
        self.schema = schema
        if case .fixed(let rows)? = input.shape?.first {
            guard rows > 0 else { throw refuse("it takes no row", "export it with a free number of rows") }
            fixedRows = rows
        } else {
            fixedRows = nil
        }

        // What it gives.
        let chosen = try Self.output(model, named: output, isOurs: isOurs, refuse)
        self.output = chosen.name
        let givesIntegers = chosen.type?.isInteger ?? false
        let usual: ONNXPolicy.Reading =
            givesIntegers ? .actions : isOurs && chosen.name == ONNXExport.Name.probabilities ? .probabilities : .scores
        self.reading = reading ?? usual
        guard givesIntegers == (self.reading == .actions) else {
            throw refuse(
                "its output '\(chosen.name)' is \(chosen.type?.name ?? "of no type"), which are no \(self.reading)",
                "read it as \(usual), or name another output")
        }
        actionNames = model.metadata[ONNXMetadata.actions].flatMap {
            try? JSONDecoder().decode([String].self, from: Data($0.utf8))
        }
        var counts: [Int] = []
        for value in masks + (givesIntegers ? [] : [chosen]) {
            if case .fixed(let columns)? = value.shape?.last, value.shape?.count == 2 { counts.append(columns) }
        }
        if let actionNames { counts.append(actionNames.count) }
        guard let count = actionCount ?? counts.first, count > 0 else {
            throw refuse("no shape in it tells the number of actions", "give the number of actions")
        }
        if let other = counts.first(where: { $0 != count }) {
            throw PolicyError.schemaMismatch(policy: "\(other) actions (\(file))", found: "\(count) actions")
        }
        self.actionCount = count
    }

    private static func list(_ values: [ONNXValueInfo]) -> String {
        let texts = values.map { value in
            let sides = value.shape.map { "[" + $0.map(\.description).joined(separator: ", ") + "]" } ?? "of any shape"
            return "'\(value.name)' \(value.type?.name ?? "of no known type") \(sides)"
        }
        return texts.isEmpty ? "none" : texts.joined(separator: ", ")
    }

    private static func statedSchema(
        _ model: ONNXModel, _ refuse: (String, String) -> PolicyError
    ) throws -> StateSchema? {
        guard let text = model.metadata[ONNXMetadata.schema] else { return nil }
        guard let schema = try? JSONDecoder().decode(StateSchema.self, from: Data(text.utf8)),
            !schema.features.isEmpty
        else { throw refuse("the schema in its metadata cannot be read", "export it again") }
        return schema
    }

    private static func output(
        _ model: ONNXModel, named name: String?, isOurs: Bool, _ refuse: (String, String) -> PolicyError
    ) throws -> ONNXValueInfo {
        let outputs = model.graph.outputs
        if let name = name ?? (isOurs ? ONNXExport.Name.probabilities : nil) {
            guard let output = outputs.first(where: { $0.name == name }) else {
                throw refuse("it has no output '\(name)', but \(list(outputs))", "name one of these")
            }
            return output
        }
        guard outputs.count == 1, let output = outputs.first else {
            throw refuse("its outputs are \(list(outputs))", "name the one that decides")
        }
        return output
    }
}
