/// A network's parameter on a tape.
struct HeldParameter {
    let memory: ParameterMemory
    let node: Int32
    /// Whether its gradient is wanted.
    let isTrained: Bool
    /// The state of the memory when it was recorded.
    let version: Int
}

extension Tape {
    /// Puts parameters on the tape for training; see `Parametrised.recorded(on:accumulating:)`.
    ///
    /// What is on the tape already is not recorded again: a network used twice in a step gets one sum of gradients.
    public func record(_ parameters: inout [Parameter], accumulating: Bool = false) -> ParameterHandles {
        for index in parameters.indices { parameters[index].ensureUnique(keepingGradient: accumulating) }
        if let handles = alreadyRecorded(parameters) { return handles }
        let first = nodeCount
        for parameter in parameters {
            let memory = parameter.memory
            if !accumulating { memory.forgetGradient() }
            hold(parameter, isTrained: true, gradient: memory.hasGradient ? memory.gradient : nil)
        }
        return handles(first, parameters.count)
    }

    /// Puts parameters on the tape as constants.
    public func recordFixed(_ parameters: [Parameter]) -> ParameterHandles {
        let first = nodeCount
        for parameter in parameters { hold(parameter, isTrained: false, gradient: nil) }
        return handles(first, parameters.count)
    }

    private func hold(_ parameter: Parameter, isTrained: Bool, gradient: UnsafeMutablePointer<Float>?) {
        let memory = parameter.memory
        held.append(
            HeldParameter(memory: memory, node: Int32(nodeCount), isTrained: isTrained, version: memory.version))
        _ = append(
            memory.value, parameter.rows, parameter.columns, needsGradient: isTrained, gradient: gradient,
            parameter: Unmanaged.passUnretained(memory))
    }

    private func alreadyRecorded(_ parameters: [Parameter]) -> ParameterHandles? {
        guard let first = parameters.first?.memory,
            let place = held.firstIndex(where: { $0.isTrained && $0.memory === first })
        else { return nil }
        precondition(
            place + parameters.count <= held.count
                && parameters.indices.allSatisfy { held[place + $0].memory === parameters[$0].memory },
            "a network was recorded together with a part of it")
        return handles(Int(held[place].node), parameters.count)
    }

    private func handles(_ first: Int, _ count: Int) -> ParameterHandles {
        ParameterHandles(first: Int32(first), count: count, generation: variable(first).generation)
    }
}
