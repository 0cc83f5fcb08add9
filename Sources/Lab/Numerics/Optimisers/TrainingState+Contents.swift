import Foundation

extension TrainingState {
    /// Keeps a network's parameters under `name`.
    public mutating func add(_ network: some Parametrised, as name: String) {
        for (part, parameter) in zip(network.parameterNames, network.parameters) {
            put(NamedTensor("\(name).\(part)", parameter.value))
        }
    }

    /// Keeps an optimiser's moments, steps and learning rate under `name`.
    public mutating func add<O: Optimiser>(_ optimiser: O, as name: String) {
        for (index, moments) in optimiser.moments.enumerated() {
            put(NamedTensor("\(name).first.\(index)", shape: [moments.first.count], moments.first))
            guard O.keepsSquares else { continue }
            put(NamedTensor("\(name).second.\(index)", shape: [moments.second.count], moments.second))
        }
        values["\(name).kind"] = O.name
        values["\(name).steps"] = String(optimiser.steps)
        // The bits, so that every rate comes back as it was.
        values["\(name).learningRate"] = String(optimiser.learningRate.bitPattern)
    }

    /// Keeps a moving average under `name`.
    public mutating func add<Network>(_ average: MovingAverage<Network>, as name: String) {
        add(average.network, as: name)
        values["\(name).updates"] = String(average.updates)
    }

    /// Keeps a small value, such as a step number or a `RandomStream`, under `name`.
    ///
    /// - Throws: `EncodingError` for numbers that JSON has not, such as NaN.
    public mutating func add(_ value: some Encodable, as name: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(value)
        values[name] = String(decoding: data, as: UTF8.self)
    }

    /// Gives a network the parameters kept under `name`.
    ///
    /// - Throws: `NumericsError.missingTensor`, `.unexpectedTensor` for another shape or a tensor that the network has
    ///   not; then nothing was replaced.
    public func load(_ network: inout some Parametrised, _ name: String) throws {
        let parts = network.parameterNames.map { "\(name).\($0)" }
        try refuseOthers(than: Set(parts), under: name)
        let found = try zip(parts, network.parameters).map {
            Matrix(
                rows: $1.rows, columns: $1.columns, elements: try elements(of: $0, shape: [$1.rows, $1.columns]))
        }
        for (index, matrix) in found.enumerated() { network.parameters[index].value = matrix }
    }

    /// Gives an optimiser of `network` the moments, steps and learning rate kept under `name`.
    ///
    /// - Throws: as for networks, and `NumericsError.unusableState` for an optimiser of another kind.
    public func load<O: Optimiser>(_ optimiser: inout O, _ name: String, for network: some Parametrised) throws {
        let kind = values["\(name).kind"]
        guard kind == O.name else {
            throw NumericsError.unusableState(
                place: place, reason: "\(name) is \(kind ?? "not there"), and \(O.name) is needed")
        }
        let steps: Int = try value("\(name).steps")
        let bits: UInt32 = try value("\(name).learningRate")
        let isFresh = steps == 0
        let parameters = isFresh ? [] : network.parameters
        let parts = parameters.indices.flatMap { index in
            (O.keepsSquares ? ["first", "second"] : ["first"]).map { "\(name).\($0).\(index)" }
        }
        try refuseOthers(than: Set(parts), under: name)
        let moments = try parameters.enumerated().map { index, parameter in
            Moments(
                first: try elements(of: "\(name).first.\(index)", shape: [parameter.count]),
                second: O.keepsSquares
                    ? try elements(of: "\(name).second.\(index)", shape: [parameter.count]) : [])
        }
        optimiser.moments = moments
        optimiser.steps = steps
        optimiser.learningRate = Float(bitPattern: bits)
    }

    /// Gives a moving average what is kept under `name`.
    public func load<Network>(_ average: inout MovingAverage<Network>, _ name: String) throws {
        let updates: Int = try value("\(name).updates")
        try load(&average.network, name)
        average.updates = updates
    }

    /// A small value kept under `name`.
    ///
    /// - Throws: `NumericsError.unusableState` where it is absent or of another type.
    public func value<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        guard let text = values[name] else {
            throw NumericsError.unusableState(place: place, reason: "it has no value named \(name)")
        }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw NumericsError.unusableState(place: place, reason: "its value \(name) cannot be read: \(text)")
        }
    }

    mutating func put(_ tensor: NamedTensor) { tensors[tensor.name] = tensor }

    func elements(of name: String, shape: [Int]) throws -> [Float] {
        guard let tensor = tensors[name] else { throw NumericsError.missingTensor(name: name, place: place) }
        guard tensor.shape == shape, tensor.type == .float32 else {
            throw NumericsError.unexpectedTensor(
                name: name, expected: "F32 \(shape)", found: "\(tensor.type.rawValue) \(tensor.shape)")
        }
        return [Float](unsafeUninitializedCapacity: shape.reduce(1, *)) { buffer, count in
            count = tensor.bytes.copyBytes(to: buffer) / MemoryLayout<Float>.stride
        }
    }

    func refuseOthers(than expected: Set<String>, under name: String) throws {
        let others = tensors.keys.filter { $0.hasPrefix("\(name).") && !expected.contains($0) }
        guard let other = others.min() else { return }
        throw NumericsError.unexpectedTensor(name: other, expected: "no such tensor", found: "in \(place)")
    }
}
