import ArgumentParser
import LabRuns

/// The options that choose runs by what is known of them.
struct RunQueryOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only runs for which this holds, such as 'figures.f1 > 0.7'.", valueName: "query"))
    var condition: String?

    @Option(help: ArgumentHelp("Only runs with this tag; may be given several times.", valueName: "tag"))
    var tag: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only runs in this state (running, interrupted, failed, sealed, damaged); may be given several times.",
            valueName: "state"))
    var state: [String] = []

    var isEmpty: Bool { condition == nil && tag.isEmpty && state.isEmpty }

    func filters(experiment: String? = nil) throws -> [RunFilter] {
        var filters = try condition.map { [try RunFilter($0)] } ?? []
        filters += tag.map { RunFilter.tag($0) }
        if !state.isEmpty { filters.append(.states(state)) }
        if let experiment { filters.append(.experiment(experiment)) }
        return filters
    }
}

extension CommonOptions {
    /// Asks the index, brought up to date; what an answer shows was looked at again.
    func select(_ query: RunQuery) throws -> RunSelection {
        let index = place.index
        try index.refresh { note($0) }
        let selection = try index.select(query) { note($0) }
        return try index.confirm(selection) ? index.select(query) : selection
    }
}
