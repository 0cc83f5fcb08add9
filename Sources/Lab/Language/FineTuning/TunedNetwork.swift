import LabNumerics

/// Parameters with their names, in memory of their own.
struct ParameterList: Parametrised {
    var parameters: [Parameter] = []
    var parameterNames: [String] = []
}

/// An encoder with a head, whose parameters are kept apart by whether they are trained.
///
/// The table of words is a case of its own: a step reads and changes few of its rows.
struct TunedNetwork: Sendable {
    /// Where a parameter is kept.
    enum Place { case trained(Int), frozen(Int), table }

    let shape: TransformerShape
    let layout: TransformerLayout
    let settings: FineTuning.Settings
    let labels: Int
    var trained = ParameterList()
    var frozen: [Parameter] = []
    /// Vectors of words, one parameter.
    var table: ParameterList
    /// Of the encoder's parameters, the adapters', the head's weight and its bias.
    private(set) var places: [Place] = []
    /// One for each trained parameter.
    private(set) var groups: [GroupedAdam.Group] = []

    let trainsTable: Bool
    /// The lowest block with something trained; the depth where there is none.
    let firstTrained: Int
    let dropouts: EncoderDropouts

    init(_ model: TransformerModel, labels: Int, settings: FineTuning.Settings, stream: RandomStream) {
        shape = model.shape
        layout = model.layout
        self.settings = settings
        self.labels = labels
        let hasAdapters = settings.adapters != nil
        trainsTable = !settings.frozenEmbeddings && settings.frozenLayers == 0 && !hasAdapters
        firstTrained = settings.frozenLayers
        table = ParameterList(parameters: [model.parameters[0]], parameterNames: [layout.names[0]])
        dropouts = EncoderDropouts(model.shape, settings, stream: stream.child("dropout"))
        for (index, name) in layout.names.enumerated() { keep(model.parameters[index], index, name) }
        let adapters = settings.adapters?.parameters(model.shape, stream: stream.child("adapters")) ?? []
        for (index, parameter) in adapters.enumerated() {
            let share = adapters.count / max(model.shape.depth, 1)
            let name = settings.adapters?.namesOfBlock[index % share] ?? ""
            let isTrained = index / share >= firstTrained
            place(parameter, "layers.\(index / share).\(name)", isTrained ? group(block: index / share, name) : nil)
        }
        let weight = Initialiser.normal(deviation: 0.02).matrix(
            rows: labels, columns: model.shape.width, stream: stream.child("head"))
        place(Parameter(weight), "head.weight", .init(weightDecay: settings.weightDecay))
        place(Parameter(Matrix(rows: 1, columns: labels)), "head.bias", .init())
    }

    private mutating func keep(_ parameter: Parameter, _ index: Int, _ name: String) {
        if index == layout.word { return places.append(.table) }
        let isPooler = index >= layout.blocks.upperBound
        let block =
            layout.blocks.contains(index) ? (index - layout.firstBlock) / TransformerLayout.blockNames.count : nil
        var isTrained = isPooler ? settings.pooling == .pooler : block.map { $0 >= firstTrained } ?? trainsTable
        if settings.adapters != nil && !isPooler { isTrained = false }
        let position = isPooler ? shape.depth : block ?? -1
        place(parameter, name, isTrained ? group(block: position, name) : nil)
    }

    private func group(block: Int, _ name: String) -> GroupedAdam.Group {
        var rate: Float = 1
        for _ in block..<shape.depth { rate *= settings.layerDecay }
        let isPlain = name.hasSuffix("bias") || name.contains("norm")
        return .init(rate: rate, weightDecay: isPlain ? 0 : settings.weightDecay)
    }

    /// How the table of words is trained.
    var tableGroup: GroupedAdam.Group { group(block: -1, layout.names[0]) }

    private mutating func place(_ parameter: Parameter, _ name: String, _ group: GroupedAdam.Group?) {
        if let group {
            places.append(.trained(trained.parameters.count))
            trained.parameters.append(parameter)
            trained.parameterNames.append(name)
            groups.append(group)
        } else {
            places.append(.frozen(frozen.count))
            frozen.append(parameter)
        }
    }

    func parameter(_ index: Int) -> Parameter {
        switch places[index] {
        case .trained(let place): trained.parameters[place]
        case .frozen(let place): frozen[place]
        case .table: table.parameters[0]
        }
    }

    /// Where the head's weight stands in `places`; its bias follows.
    var head: Int { places.count - 2 }

    /// The encoder as it is, which shares memory, with adapters merged.
    var model: TransformerModel {
        var model = TransformerModel(
            shape, parameters: (0..<layout.count).map(parameter), hasPooler: layout.hasPooler)
        settings.adapters?.merge((layout.count..<head).map(parameter), into: &model)
        return model
    }

    var headLayer: Linear { Linear(weight: parameter(head).value, bias: parameter(head + 1).value) }
}

/// The places of an encoder at which numbers are dropped while it is trained.
struct EncoderDropouts: Sendable {
    let embeddings: Dropout
    /// Of each block: attention's probabilities, its output, and the feed-forward part's.
    let blocks: [[Dropout]]
    let head: Dropout

    init(_ shape: TransformerShape, _ settings: FineTuning.Settings, stream: RandomStream) {
        let hidden = settings.hiddenDropout ?? shape.hiddenDropout
        let attention = settings.attentionDropout ?? shape.attentionDropout
        embeddings = Dropout(probability: hidden, stream: stream.child("embeddings"))
        blocks = (0..<shape.depth).map { block in
            [attention, hidden, hidden].enumerated().map { index, probability in
                Dropout(probability: probability, stream: stream.child(block).child(index))
            }
        }
        head = Dropout(probability: settings.headDropout, stream: stream.child("head"))
    }
}
