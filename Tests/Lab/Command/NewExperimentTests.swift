import Foundation
import LabExperimentTestKit
import LabRuns
import Testing

@testable import LabCommand

@Suite struct NewExperimentTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func call(_ arguments: String...) async -> (status: Int32, console: RecordingConsole) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            ["new", "experiment"] + arguments, registry: testRegistry, console: console.console)
        return (status, console)
    }

    @Test func writesAPackage() async throws {
        let (status, console) = await call("mine/fair-coin", "--path", folder.url.path)
        #expect(status == 0, "\(console.errors)")
        let package = folder.url.appending(path: "fair-coin")
        let manifest = try String(contentsOf: package.appending(path: "Package.swift"), encoding: .utf8)
        #expect(manifest.contains("name: \"FairCoinExperiment\""))
        #expect(!manifest.contains("{{"))
        #expect(FileManager.default.fileExists(atPath: package.appending(path: "Sources/fair-coin/main.swift").path))
        let again = await call("mine/fair-coin", "--path", folder.url.path)
        #expect(again.status == 73)
        #expect(again.console.errors.contains("it exists already"))
    }

    @Test func addressesAndBadNames() async throws {
        let skeleton = try ExperimentSkeleton(name: "coin", lab: "https://example.org/lab.git")
        #expect(skeleton.dependency == ".package(url: \"https://example.org/lab.git\", branch: \"main\")")
        #expect(skeleton.experiment == "mine/coin")
        for name in ["Coin", "a/b/c", "a b", "../x", "labctl"] {
            #expect(await call(name, "--path", folder.url.path).status == 64)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    /// The whole package is built by `make skeleton`; here its sources are checked against the modules just built.
    @Test(.enabled(if: BuiltModules.areThere)) func theSourcesTypeCheck() async throws {
        _ = await call("mine/coin", "--path", folder.url.path)
        let package = folder.url.appending(path: "coin")
        let module = folder.url.appending(path: "CoinExperiment.swiftmodule").path
        let experiment = package.appending(path: "Sources/CoinExperiment/Coin.swift").path
        let built = try BuiltModules.compile([
            "-emit-module", "-emit-module-path", module, "-module-name", "CoinExperiment", experiment,
        ])
        #expect(built.status == 0, "\(built.output)")
        let tests = package.appending(path: "Tests/CoinExperimentTests/CoinTests.swift").path
        let tested = try BuiltModules.compile(["-typecheck", "-I", folder.url.path, "-module-name", "T", tests])
        #expect(tested.status == 0, "\(tested.output)")
        // An experiment that lacks what the protocol asks for does not pass.
        let text = try String(contentsOfFile: experiment, encoding: .utf8)
        let broken = folder.url.appending(path: "Broken.swift")
        try text.replacingOccurrences(of: "static let summary", with: "static let sumary")
            .write(to: broken, atomically: true, encoding: .utf8)
        #expect(try BuiltModules.compile(["-typecheck", "-module-name", "B", broken.path]).status != 0)
    }
}

/// The modules of the build that runs the tests.
private enum BuiltModules {
    static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    static let modules = products.appending(path: "Modules")

    static var areThere: Bool {
        FileManager.default.fileExists(atPath: modules.appending(path: "LabExperimentTestKit.swiftmodule").path)
    }

    /// Runs the compiler with the C modules that Lab's own modules stand on.
    static func compile(_ arguments: [String]) throws -> (status: Int32, output: String) {
        var package = URL(filePath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        let checkouts = products.deletingLastPathComponent().deletingLastPathComponent().appending(path: "checkouts")
        let maps = [
            package.appending(path: "Sources/Lab/Native/COpenBLAS"),
            package.appending(path: "Sources/Lab/Native/CHDF5"),
            package.appending(path: "Sources/Lab/Native/CSpawn"),
            package.appending(path: "Sources/Lab/Native/CVector"),
            checkouts.appending(path: "swift-numerics/Sources/_NumericsShims/include"),
            checkouts.appending(path: "GRDB.swift/Sources/GRDBSQLite"),
            checkouts.appending(path: "Yams/Sources/CYaml/include"),
        ].flatMap { ["-Xcc", "-fmodule-map-file=\($0.path)/module.modulemap"] }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            [
                "-c",
                "exec swiftc -swift-version 6 \"$@\" $(pkg-config --cflags-only-I hdf5-serial openblas | sed 's/-I/-Xcc -I/g')",
            ]
            + ["sh", "-I", modules.path] + maps + arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
