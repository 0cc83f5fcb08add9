import LabStorage

/// Everything a `labctl` knows: experiments, pipelines and benchmark suites.
public struct Registry: Sendable {
    public var experiments: [any Experiment.Type]
    public var pipelines: [any Pipeline.Type]
    public var benchmarks: [any BenchmarkSuite.Type]

    public init(
        experiments: [any Experiment.Type] = [], pipelines: [any Pipeline.Type] = [],
        benchmarks: [any BenchmarkSuite.Type] = []
    ) {
        self.experiments = experiments
        self.pipelines = pipelines
        self.benchmarks = benchmarks
    }

    /// The experiment of that name; for `study/<name>` the study of that one, for `bench/<suite>` the suite's run. Throws
    /// `RunsError.unknownExperiment` with the nearest name.
    public func experiment(named name: String) throws -> any Experiment.Type {
        if let found = experiments.first(where: { $0.name == name }) { return found }
        if let repeated = StudyName.experiment(of: name) { return Self.study(of: try experiment(named: repeated)) }
        if let suite = benchmarks.first(where: { BenchmarkName.experiment(of: $0.name) == name }) {
            return Self.run(of: suite)
        }
        let names = experiments.map { $0.name }
        throw RunsError.unknownExperiment(name: name, nearest: NearestName.of(name, among: names), known: names)
    }

    private static func study<E: Experiment>(of experiment: E.Type) -> any Experiment.Type { Study<E>.self }

    private static func run<S: BenchmarkSuite>(of suite: S.Type) -> any Experiment.Type {
        BenchmarkExperiment<S>.self
    }

    /// The pipeline of that name; throws `RunsError.unknownPipeline` with the nearest name.
    public func pipeline(named name: String) throws -> any Pipeline.Type {
        if let found = pipelines.first(where: { $0.name == name }) { return found }
        let names = pipelines.map { $0.name }
        throw RunsError.unknownPipeline(name: name, nearest: NearestName.of(name, among: names), known: names)
    }

    /// Both registries' entries, those of `other` last.
    public func adding(_ other: Registry) -> Registry {
        Registry(
            experiments: experiments + other.experiments, pipelines: pipelines + other.pipelines,
            benchmarks: benchmarks + other.benchmarks)
    }
}
