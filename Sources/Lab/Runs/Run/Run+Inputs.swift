extension Run {
    /// The sealed run that was given for a role.
    ///
    /// Errors: `RunsError.missingInput` where the role is optional and nothing was given, or is not declared.
    public func parent(_ role: String) throws -> SealedRun {
        guard let parent = parents[role] else { throw RunsError.missingInput(role: role, experiment: experiment) }
        return parent
    }

    /// The sealed run that was given for an optional role, or `nil`.
    public func optionalParent(_ role: String) throws -> SealedRun? { parents[role] }

    /// A dataset that the experiment declared; its digest stands in `run.json`.
    public func dataset(_ name: String) throws -> Dataset {
        guard let dataset = datasets[name] else {
            throw RunsError.undeclaredDataset(name: name, experiment: experiment)
        }
        return dataset
    }
}
