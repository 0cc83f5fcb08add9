public import LabNumerics

extension FineTuning {
    /// Everything from which the training goes on bit for bit; frozen parameters are not in it.
    public func state() throws -> TrainingState {
        var copy = self
        copy.bringTableUpToDate()
        var state = TrainingState()
        try state.add(settings, as: "settings")
        try state.add(labels, as: "labels")
        try state.add(examples.count, as: "examples")
        try state.add(progress, as: "progress")
        state.add(copy.network.trained, as: "trained")
        state.add(optimiser, as: "adam")
        if let table = copy.tableOptimiser {
            state.add(copy.network.table, as: "table")
            state.add(table, as: "tableAdam")
        }
        if let average {
            state.add(average.trained, as: "average")
            if network.trainsTable { state.add(average.table, as: "averageTable") }
        }
        if let best {
            state.add(best.trained, as: "best")
            if network.trainsTable { state.add(best.table, as: "bestTable") }
        }
        return state
    }

    /// Goes on from a state of a training with the same model, settings, examples and stream.
    ///
    /// - Throws: `LanguageError.badModel` for a state of other settings, labels or examples, `NumericsError` for one of another
    ///   network; then nothing was changed.
    public mutating func restore(_ state: TrainingState) throws {
        func refuse(_ what: String) -> LanguageError {
            .badModel(file: "the checkpoint", reason: "it is of a training with other \(what)")
        }
        guard try state.value("settings", as: Settings.self) == settings else { throw refuse("settings") }
        guard try state.value("labels", as: [String].self) == labels else { throw refuse("labels") }
        guard try state.value("examples", as: Int.self) == examples.count else { throw refuse("examples") }
        var restored = self
        restored.progress = try state.value("progress")
        try state.load(&restored.network.trained, "trained")
        try state.load(&restored.optimiser, "adam", for: restored.network.trained.parameters)
        if var table = restored.tableOptimiser {
            try state.load(&restored.network.table, "table")
            try state.load(&table, "tableAdam")
            restored.tableOptimiser = table
        }
        if var average = restored.average {
            try state.load(&average.trained, "average")
            if network.trainsTable { try state.load(&average.table, "averageTable") }
            restored.average = average
        }
        if restored.progress.bestValue != nil {
            var best = TunedWeights(restored.network)
            try state.load(&best.trained, "best")
            if network.trainsTable { try state.load(&best.table, "bestTable") }
            restored.best = best
        }
        self = restored
    }

    /// Trains to the end.
    ///
    /// - Parameters:
    ///   - state: of an earlier training with the same model, settings, examples and stream, which goes on from there.
    ///   - isCancelled: asked before each step; training then stops with `CancellationError`.
    ///   - progress: called behind each step with the number of steps taken and of all steps.
    ///   - report: called behind each epoch or validation; throw from it to stop.
    ///   - checkpoint: called behind each step and its report; calling its argument collects the state, which costs a copy of
    ///     what is trained and its moments.
    public static func train(
        _ model: TransformerModel, _ settings: Settings, labels: [String], examples: Examples, validation: Examples?,
        stream: RandomStream, resuming state: TrainingState? = nil, isCancelled: () -> Bool = { false },
        progress: (_ steps: Int, _ total: Int) throws -> Void = { _, _ in },
        report: (Report) throws -> Void = { _ in },
        checkpoint: (_ step: Int, _ state: () throws -> TrainingState) throws -> Void = { _, _ in }
    ) throws -> FineTunedClassifier {
        var training = try FineTuning(
            model, settings, labels: labels, examples: examples, validation: validation, stream: stream)
        if let state { try training.restore(state) }
        while !training.isFinished {
            if isCancelled() { throw CancellationError() }
            let line = try training.step()
            try progress(training.stepsTaken, training.totalSteps)
            if let line { try report(line) }
            try checkpoint(training.stepsTaken) { try training.state() }
        }
        return training.classifier
    }
}
