import LabNumerics

/// One batch on its way through a network on a tape.
struct TunedPass {
    let network: TunedNetwork.Reading
    let tape: Tape
    let sequences: PackedSequences
    let step: Int
}

extension TunedNetwork {
    /// A batch recorded on a tape: what to walk back from, and where the gradient of the words' vectors will be.
    struct Recorded {
        let logits: Variable
        /// The rows of the table that the batch uses, in ascending order, and their copy on the tape.
        let words: (rows: [Int], values: Variable)?
    }

    /// What the forward pass reads of the network, without its parameters: those must not be copied while recorded.
    struct Reading {
        let shape: TransformerShape
        let layout: TransformerLayout
        let adapters: LowRankAdapters?
        let places: [Place]
        let dropouts: EncoderDropouts
        let trained: ParameterHandles
        let frozen: ParameterHandles
        /// What stands for the table of words: the rows that the batch uses, or what was made of them.
        let words: Variable

        func callAsFunction(_ index: Int) -> Variable {
            switch places[index] {
            case .trained(let place): trained[place]
            case .frozen(let place): frozen[place]
            case .table: words
            }
        }
    }

    /// Records the logits [texts, labels] of a batch.
    ///
    /// - Parameter step: of the training, on which masks of dropout hang.
    mutating func record(_ ids: [[Int32]], step: Int, on tape: Tape) -> Recorded {
        let sequences = PackedSequences(lengths: ids.map(\.count))
        let fixedInput = trainsTable ? nil : frozenInput(ids, sequences)
        let frozenHandles = tape.recordFixed(frozen)
        let trainedHandles = trained.recorded(on: tape)
        let used = trainsTable ? usedWords(ids) : nil
        let words = used.map { (rows: $0.rows, values: tape.parameter($0.values)) }
        var value = words?.values ?? tape.constant(fixedInput ?? Matrix(rows: 0, columns: shape.width))
        let reading = Reading(
            shape: shape, layout: layout, adapters: settings.adapters, places: places, dropouts: dropouts,
            trained: trainedHandles, frozen: frozenHandles, words: value)
        let pass = TunedPass(network: reading, tape: tape, sequences: sequences, step: step)
        if let used {
            value = pass.embedded(value, indices: used.indices, positions: ids.flatMap(shape.positions(of:)))
        }
        if firstTrained == 0 { value = dropouts.embeddings.forward(value, step: step, on: tape) }
        for block in firstTrained..<shape.depth { value = pass.block(block, value) }
        var pooled = tape.pool(value, sequences: sequences, by: settings.pooling.tokens)
        if settings.pooling == .pooler, let pooler = layout.pooler {
            pooled = tape.linear(
                pooled, weight: reading(pooler), bias: reading(pooler + 1), activation: .tanh)
        }
        let kept = dropouts.head.forward(pooled, step: step, on: tape)
        let logits = tape.linear(kept, weight: reading(head), bias: reading(head + 1))
        return Recorded(logits: logits, words: words)
    }

    /// What goes into the lowest trained block, where nothing below is trained.
    private func frozenInput(_ ids: [[Int32]], _ sequences: PackedSequences) -> Matrix {
        let model = TransformerModel(
            shape, parameters: (0..<layout.count).map(parameter), hasPooler: layout.hasPooler)
        let embedded = model.embedded(ids)
        guard firstTrained > 0 else { return embedded }
        let lower = layout.firstBlock..<layout.block(firstTrained - 1).upperBound
        return TransformerEncoder(shape.block, parameters: Array(model.parameters[lower]))(
            embedded, sequences: sequences)
    }

    /// The distinct ids of a batch in ascending order, their vectors, and the place of each token's among them.
    private func usedWords(_ ids: [[Int32]]) -> (rows: [Int], values: Matrix, indices: [Int]) {
        let all = ids.joined().map { Int($0) }
        let rows = Set(all).sorted()
        let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
        var values = Matrix(rows: rows.count, columns: shape.width)
        table.parameters[0].withValues { table in
            for (row, word) in rows.enumerated() {
                for column in 0..<shape.width {
                    values.elements[row * shape.width + column] = table[word * shape.width + column]
                }
            }
        }
        return (rows, values, all.map { places[$0] ?? 0 })
    }
}

extension TunedPass {
    /// The normalised sum of the vectors of words, positions and types, [tokens, width].
    func embedded(_ words: Variable, indices: [Int], positions: [Int]) -> Variable {
        let layout = network.layout
        var sum = tape.add(
            tape.embedding(words, indices: indices), tape.embedding(network(layout.position), indices: positions))
        if let type = layout.type {
            sum = tape.add(
                sum, tape.embedding(network(type), indices: [Int](repeating: 0, count: indices.count)))
        }
        return tape.layerNorm(
            sum, gain: network(layout.norm), bias: network(layout.norm + 1), epsilon: network.shape.epsilon)
    }

    /// One transformer block with BERT's places of dropout.
    func block(_ block: Int, _ input: Variable) -> Variable {
        let first = network.layout.block(block).lowerBound
        let shape = network.shape
        func parameter(_ index: Int) -> Variable { network(first + index) }
        func norm(_ value: Variable, _ index: Int) -> Variable {
            tape.layerNorm(value, gain: parameter(index), bias: parameter(index + 1), epsilon: shape.epsilon)
        }
        func linear(_ value: Variable, _ index: Int, _ place: LowRankAdapters.Place) -> Variable {
            let plain = tape.linear(value, weight: parameter(index), bias: parameter(index + 1))
            return correction(value, place, block).map { tape.add(plain, $0) } ?? plain
        }
        let dropouts = network.dropouts.blocks[block]
        let gathered = tape.attention(
            joined(input, first, block), sequences: sequences, heads: shape.heads, dropout: dropouts[0], step: step)
        let mixed = dropouts[1].forward(linear(gathered, 2, .output), step: step, on: tape)
        let middle = norm(tape.add(input, mixed), 8)
        let inner: Variable
        if let change = correction(middle, .inner, block) {
            let plain = tape.linear(middle, weight: parameter(4), bias: parameter(5))
            inner = tape.activate(tape.add(plain, change), shape.activation)
        } else {
            inner = tape.linear(middle, weight: parameter(4), bias: parameter(5), activation: shape.activation)
        }
        let outer = dropouts[2].forward(linear(inner, 6, .outer), step: step, on: tape)
        return norm(tape.add(middle, outer), 10)
    }

    /// Query, key and value side by side.
    private func joined(_ input: Variable, _ first: Int, _ block: Int) -> Variable {
        let plain = tape.linear(input, weight: network(first), bias: network(first + 1))
        let parts = [.query, .key, .value].map { correction(input, $0, block) }
        guard parts.contains(where: { $0 != nil }) else { return plain }
        let none = tape.constant(Matrix(rows: sequences.tokens, columns: network.shape.width))
        let change = tape.joinColumns(tape.joinColumns(parts[0] ?? none, parts[1] ?? none), parts[2] ?? none)
        return tape.add(plain, change)
    }

    /// alpha / rank · B A x; `nil` where the weight has no adapter.
    private func correction(_ input: Variable, _ place: LowRankAdapters.Place, _ block: Int) -> Variable? {
        guard let adapters = network.adapters, let index = adapters.index(of: place, block: block) else { return nil }
        let first = network.layout.count + index
        let narrow = tape.matmul(input, network(first), transposeRight: true)
        return tape.scale(tape.matmul(narrow, network(first + 1), transposeRight: true), by: adapters.scale)
    }
}
