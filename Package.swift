// swift-tools-version: 6.2
import PackageDescription

// One folder under Sources/Lab is one target, `Lab` + the folder's name; ARCHITECTURE.md says which may import which.
// The lists below are that rule: a target can import only what stands behind its name.

/// A library target of Lab with its tests in `Tests/Lab/<folder>`.
struct Module {
    var folder: String
    var imports: [String] = []
    var packages: [Target.Dependency] = []
    /// Compiled for AVX2 (`-march=x86-64-v3`): the numeric targets and those that inline their generics.
    var vectorised = false
    var hasTests = true
    /// What the tests use beside `LabTestKit`.
    var testKits: [String] = []
    /// Folders of known answers beside the tests, which are read from the checkout.
    var testFixtures: [String] = []

    var name: String { "Lab" + folder }
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let realModule: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
/// Only in builds with the trait of its name: the default build neither needs nor looks for the library.
let oneDNN: Target.Dependency = .byName(name: "COneDNN", condition: .when(traits: ["OneDNN"]))
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let foundations: [Module] = [
    Module(folder: "Domain"),
    Module(folder: "Charts"),
    Module(
        folder: "Numerics", imports: ["Domain"], packages: ["COpenBLAS", "CVector", oneDNN, crypto, realModule],
        vectorised: true, testKits: ["CAllocationCounter"], testFixtures: ["Fixtures"]),
    Module(
        folder: "Statistics", imports: ["Domain", "Numerics"], packages: [realModule], vectorised: true,
        testFixtures: ["Fixtures"]),
    Module(folder: "Storage", imports: ["Domain"], packages: ["CHDF5", crypto, grdb]),
    Module(folder: "Privacy", imports: ["Domain", "Numerics", "Statistics", "Storage"], packages: [crypto, grdb]),
    Module(folder: "Safeguards", imports: ["Domain"]),
    Module(
        folder: "Runs", imports: ["Domain", "Charts", "Numerics", "Statistics", "Storage"],
        packages: ["CSpawn", grdb, yams, logging], testKits: ["LabExperimentTestKit"]),
    Module(
        folder: "Simulation", imports: ["Domain", "Numerics", "Statistics", "Storage", "Safeguards"],
        vectorised: true),
]

let stages: [Module] = [
    Module(folder: "Streams", imports: ["Domain", "Storage", "Privacy"], packages: [crypto, grdb]),
    Module(
        folder: "Language", imports: ["Domain", "Numerics", "Statistics", "Storage"], packages: [realModule],
        vectorised: true, testFixtures: ["Encoders/Transformer/Fixtures"]),
    Module(
        folder: "Profiles", imports: ["Domain", "Statistics", "Storage", "Privacy", "Safeguards"], packages: [grdb]),
    Module(folder: "Creative", imports: ["Domain", "Numerics", "Storage"], packages: [crypto, grdb]),
    Module(
        folder: "Policy", imports: ["Domain", "Numerics", "Statistics", "Storage", "Safeguards", "Simulation"],
        packages: [realModule],
        vectorised: true, testKits: ["CAllocationCounter"]),
    Module(folder: "Delivery", imports: ["Domain", "Numerics", "Statistics", "Storage", "Safeguards"]),
    Module(folder: "Analytics", imports: ["Domain", "Charts", "Numerics", "Statistics", "Storage"]),
]

let foundationNames = foundations.map(\.folder)
let stageNames = stages.map(\.folder)

let surfaces: [Module] = [
    Module(folder: "Serving", imports: foundationNames + ["Policy"], packages: [crypto]),
    Module(
        folder: "Workbench", imports: foundationNames + ["Analytics", "Language", "Policy", "Serving"],
        packages: [crypto, grdb, yams]),
    Module(
        folder: "Command", imports: foundationNames + ["Analytics", "Language", "Serving", "Workbench"],
        packages: [argumentParser, logging, yams], testKits: ["LabExperimentTestKit"]),
]

let modules = foundations + stages + surfaces

func settings(vectorised: Bool) -> [SwiftSetting] {
    var result: [SwiftSetting] = [
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    ]
    if vectorised {
        result.append(.unsafeFlags(["-Xcc", "-march=x86-64-v3"]))
    }
    return result
}

var targets: [Target] = [
    .systemLibrary(
        name: "COpenBLAS", path: "Sources/Lab/Native/COpenBLAS", pkgConfig: "openblas",
        providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
        name: "CHDF5", path: "Sources/Lab/Native/CHDF5", pkgConfig: "hdf5-serial",
        providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "COneDNN", path: "Sources/Lab/Native/COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(name: "CSpawn", path: "Sources/Lab/Native/CSpawn"),
    .systemLibrary(name: "CVector", path: "Sources/Lab/Native/CVector"),
]

for module in modules {
    let labTargets = module.imports.map { Target.Dependency(stringLiteral: "Lab" + $0) }
    targets.append(
        .target(
            name: module.name, dependencies: labTargets + module.packages, path: "Sources/Lab/" + module.folder,
            swiftSettings: settings(vectorised: module.vectorised)))
    if module.hasTests {
        targets.append(
            .testTarget(
                name: module.name + "Tests",
                dependencies: [Target.Dependency(stringLiteral: module.name), "LabTestKit"] + labTargets
                    + module.testKits.map { Target.Dependency(stringLiteral: $0) } + module.packages,
                path: "Tests/Lab/" + module.folder, exclude: module.testFixtures,
                swiftSettings: settings(vectorised: module.vectorised)))
    }
}

let everyModule = modules.map { Target.Dependency(stringLiteral: $0.name) }
let everyModuleButCommand = modules.filter { $0.folder != "Command" }.map { Target.Dependency(stringLiteral: $0.name) }

targets += [
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .target(
        name: "LabTestKit", dependencies: ["LabDomain"], path: "Tests/LabTestKit",
        swiftSettings: settings(vectorised: false)),
    .target(
        name: "LabExperimentTestKit", dependencies: ["LabNumerics", "LabStatistics", "LabStorage", "LabRuns", grdb],
        path: "Tests/LabExperimentTestKit", swiftSettings: settings(vectorised: false)),
    .target(
        name: "LabExperiments", dependencies: everyModuleButCommand, path: "Sources/Experiments",
        swiftSettings: settings(vectorised: true)),
    .executableTarget(
        name: "labctl", dependencies: ["LabCommand", "LabExperiments", "LabRuns"], path: "Sources/labctl",
        swiftSettings: settings(vectorised: false), plugins: ["CodeVersion"]),
    .plugin(name: "CodeVersion", capability: .buildTool(), path: "Plugins/CodeVersion"),
    .testTarget(
        name: "LabExperimentsTests",
        dependencies: ["LabExperiments", "LabTestKit", "LabExperimentTestKit"] + everyModule,
        path: "Tests/Experiments", swiftSettings: settings(vectorised: true)),
]

// `LAB_ONLY=Numerics,Statistics swift build --build-tests` builds those modules, what they import and their tests only.
if let only = Context.environment["LAB_ONLY"], !only.isEmpty {
    var wanted: Set<String> = ["LabTestKit"]
    var queue = only.split(separator: ",").flatMap { folder -> [String] in
        folder == "Experiments"
            ? ["LabExperiments", "LabExperimentsTests", "labctl", "CodeVersion"]
            : ["Lab\(folder)", "Lab\(folder)Tests"]
    }
    queue.append("LabTestKit")
    while let name = queue.popLast() {
        wanted.insert(name)
        guard let target = targets.first(where: { $0.name == name }) else { continue }
        for case .byNameItem(let dependency, _) in target.dependencies where !wanted.contains(dependency) {
            queue.append(dependency)
        }
    }
    targets = targets.filter { wanted.contains($0.name) }
}

let built = Set(targets.map(\.name))

let package = Package(
    name: "lab",
    products: [
        .executable(name: "labctl", targets: ["labctl"]), .plugin(name: "CodeVersion", targets: ["CodeVersion"]),
    ].filter { _ in built.contains("labctl") }
        + (modules.map(\.name) + ["LabExperiments", "LabExperimentTestKit"]).filter(built.contains).map {
            .library(name: $0, targets: [$0])
        },
    traits: [
        .default(enabledTraits: []),
        .trait(name: "OneDNN", description: "oneDNN as a second library for matrix products (libdnnl-dev)"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
