extension TrainingState {
    /// Keeps the moments and steps of a `GroupedAdam` under `name`.
    public mutating func add(_ optimiser: GroupedAdam, as name: String) {
        for (index, moments) in optimiser.moments.enumerated() { put(moments, "\(name)", index) }
        values["\(name).steps"] = String(optimiser.steps)
    }

    /// Gives a `GroupedAdam` of `parameters` what is kept under `name`.
    ///
    /// - Throws: as for networks.
    public func load(_ optimiser: inout GroupedAdam, _ name: String, for parameters: [Parameter]) throws {
        let steps: Int = try value("\(name).steps")
        let kept = steps == 0 ? [] : parameters
        try refuseOthers(
            than: Set(kept.indices.flatMap { ["\(name).first.\($0)", "\(name).second.\($0)"] }), under: name)
        let moments = try kept.enumerated().map { try self.moments(name, $0, count: $1.count) }
        optimiser.moments = moments
        optimiser.steps = steps
    }

    /// Keeps a `TableAdam`, whose table was brought up to date, under `name`.
    public mutating func add(_ optimiser: TableAdam, as name: String) {
        precondition(
            optimiser.reached.allSatisfy { $0 == Int32(optimiser.steps) }, "a table is brought up to date, then kept")
        put(optimiser.moments, name, 0)
        put(
            NamedTensor(
                "\(name).moving", shape: [optimiser.rows], optimiser.isMoving.map { $0 ? Float(1) : Float(0) }))
        values["\(name).steps"] = String(optimiser.steps)
    }

    /// Gives a `TableAdam` what is kept under `name`.
    ///
    /// - Throws: as for networks.
    public func load(_ optimiser: inout TableAdam, _ name: String) throws {
        let steps: Int = try value("\(name).steps")
        try refuseOthers(than: ["\(name).first.0", "\(name).second.0", "\(name).moving"], under: name)
        let moments = try self.moments(name, 0, count: optimiser.rows * optimiser.columns)
        let moving = try elements(of: "\(name).moving", shape: [optimiser.rows])
        optimiser = TableAdam(
            rows: optimiser.rows, columns: optimiser.columns, group: optimiser.group, beta1: optimiser.beta1,
            beta2: optimiser.beta2, epsilon: optimiser.epsilon)
        optimiser.moments = moments
        optimiser.isMoving = moving.map { $0 != 0 }
        optimiser.steps = steps
        optimiser.reached = [Int32](repeating: Int32(steps), count: optimiser.rows)
    }

    private mutating func put(_ moments: Moments, _ name: String, _ index: Int) {
        put(NamedTensor("\(name).first.\(index)", shape: [moments.count], moments.first))
        put(NamedTensor("\(name).second.\(index)", shape: [moments.count], moments.second))
    }

    private func moments(_ name: String, _ index: Int, count: Int) throws -> Moments {
        Moments(
            first: try elements(of: "\(name).first.\(index)", shape: [count]),
            second: try elements(of: "\(name).second.\(index)", shape: [count]))
    }
}
