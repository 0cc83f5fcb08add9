/// The texts of a new package; `{{…}}` is filled in.
enum SkeletonText {
    static let all: [(path: String, text: String)] = [
        ("Package.swift", manifest), ("Sources/{{TYPE}}Experiment/{{TYPE}}.swift", experiment),
        ("Sources/{{PACKAGE}}/main.swift", main), ("Tests/{{TYPE}}ExperimentTests/{{TYPE}}Tests.swift", tests),
        (".gitignore", ".build\n.swiftpm\nPackage.resolved\n.lab\n"),
    ]

    static let manifest = """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "{{PACKAGE}}",
            dependencies: [
                {{DEPENDENCY}}
            ],
            targets: [
                .target(
                    name: "{{TYPE}}Experiment",
                    dependencies: [
                        .product(name: "LabNumerics", package: "lab"), .product(name: "LabRuns", package: "lab"),
                        .product(name: "LabStatistics", package: "lab"),
                    ]),
                .executableTarget(
                    name: "{{PACKAGE}}",
                    dependencies: [
                        "{{TYPE}}Experiment", .product(name: "LabCommand", package: "lab"),
                        .product(name: "LabExperiments", package: "lab"), .product(name: "LabRuns", package: "lab"),
                    ],
                    plugins: [.plugin(name: "CodeVersion", package: "lab")]),
                .testTarget(
                    name: "{{TYPE}}ExperimentTests",
                    dependencies: [
                        "{{TYPE}}Experiment", .product(name: "LabExperimentTestKit", package: "lab"),
                        .product(name: "LabRuns", package: "lab"),
                    ]),
            ],
            swiftLanguageModes: [.v6]
        )

        """

    static let main = """
        import LabCommand
        import LabExperiments
        import LabRuns
        import {{TYPE}}Experiment

        // Lab's own experiments and pipelines stay available beside yours.
        await LabCommand.main(shippedExperiments.adding(Registry(experiments: [{{TYPE}}.self])), code: .embedded)

        """

    static let experiment = """
        import Foundation
        import LabNumerics
        import LabRuns
        import LabStatistics

        /// Estimates a probability from tosses: replace it with your own question.
        public struct {{TYPE}}: Experiment {
            public struct Configuration: ExperimentConfiguration {
                public var tosses = 10_000
                public var bias = 0.5

                public init() {}

                public static let settings = [
                    Setting("tosses", "How often is tossed.", unit: "tosses"),
                    Setting("bias", "The true probability of heads."),
                ]

                public func validate() throws {
                    guard tosses > 0 else {
                        throw RunsError.invalidSetting(key: "tosses", value: "\\(tosses)", requirement: "above 0")
                    }
                    guard bias >= 0, bias <= 1 else {
                        throw RunsError.invalidSetting(key: "bias", value: "\\(bias)", requirement: "in [0, 1]")
                    }
                }
            }

            public static let name = "{{EXPERIMENT}}"
            public static let summary = "Estimates the probability of heads."
            public static var smoke: Configuration {
                var configuration = Configuration()
                configuration.tosses = 100
                return configuration
            }

            public init() {}

            public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
                var stream = run.stream("tosses")
                var heads = 0
                for toss in 1...configuration.tosses {
                    if stream.nextDouble() < configuration.bias { heads += 1 }
                    if toss % 100 == 0 {
                        run.log("heads", Double(heads) / Double(toss), step: toss)
                        run.progress(Double(toss) / Double(configuration.tosses), "tossing")
                        try run.checkCancellation()
                    }
                }
                try run.artifact("heads.json") { try JSONEncoder().encode(["heads": heads]).write(to: $0) }
                let estimate = try wilson(successes: heads, trials: configuration.tosses)
                return Evaluation(figures: [
                    Figure("heads", estimate.value, interval: estimate.interval, count: estimate.count)
                ])
            }
        }

        """

    static let tests = """
        import Foundation
        import LabExperimentTestKit
        import LabRuns
        import Testing
        import {{TYPE}}Experiment

        @Suite struct {{TYPE}}Tests {
            @Test func keepsTheContract() throws {
                #expect(try ExperimentContract.faults(in: {{TYPE}}.self) == [])
            }

            @Test func reproduces() async throws {
                let folder = try TemporaryFolder()
                let launcher = Launcher(workspace: Workspace(folder.url))
                let run = try await launcher.train({{TYPE}}.self, configuration: {{TYPE}}.smoke, smoke: true)
                let again = try await launcher.reproduce(run.folder, registry: Registry(experiments: [{{TYPE}}.self]))
                #expect(again.verdict == .identical)
            }
        }

        """
}
