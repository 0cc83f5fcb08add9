import Foundation
import LabDomain
import LabExperimentTestKit
import Testing

@testable import LabRuns

/// A disk that fills while a run writes: a small file system of its own where one may be mounted.
@Suite struct DiskFullTests {
    /// A file system in memory, taken away with the last reference.
    final class SmallDisk {
        let url: URL

        init?(kibibytes: Int) {
            url = FileManager.default.temporaryDirectory.appending(path: "lab-disk-\(UUID().uuidString)")
            try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", url.path) else {
                try? FileManager.default.removeItem(at: url)
                return nil
            }
        }

        deinit {
            _ = Self.run("umount", "-l", url.path)
            rmdir(url.path)
        }

        static func run(_ words: String...) -> Bool {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = words
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }

    static let mayMount = getuid() == 0 && SmallDisk(kibibytes: 64) != nil

    @Test(
        .enabled(
            if: mayMount, "SKIPPED: only the superuser may mount a small disk; the limit on a file's size is tested"))
    func aRunOnAFullDiskGoesOnWhenThereIsRoom() async throws {
        let disk = try #require(SmallDisk(kibibytes: 600))
        let launcher = Launcher(workspace: Workspace(disk.url), home: disk.url.appending(path: "home"))
        let registry = Registry(experiments: [Trek.self])
        let before = try await launcher.train(Trek.self, configuration: .init(steps: 10, every: 0))
        let configuration = Trek.Configuration(steps: 2_000, every: 100)
        let filler = disk.url.appending(path: "filler")
        try Data(count: 380 << 10).write(to: filler)
        do {
            _ = try await launcher.train(Trek.self, configuration: configuration, seed: 3)
            Issue.record("the disk is too large for this test")
        } catch let error as any ReportableError {
            #expect(error.status == .inputOutput, "\(error)")
            #expect(error.what.contains("disk") || error.what.contains("space"), "\(error.what)")
            #expect(!error.remedy.isEmpty)
        }
        let run = try launcher.workspace.folder(of: "test/trek/2")
        #expect([.interrupted, .failed].contains(RunState.of(run)))
        try SealedRun(folder: before.folder).verify()
        // Still no room: again an error, and nothing is lost by it.
        await #expect(throws: (any Error).self) { try await launcher.resume(run, registry: registry) }
        try FileManager.default.removeItem(at: filler)
        let sealed = try await launcher.resume(run, registry: registry)
        let elsewhere = try TemporaryFolder()
        let calm = Launcher(workspace: Workspace(elsewhere.url), home: elsewhere.url)
        let expected = try await calm.train(Trek.self, configuration: configuration, seed: 3)
        #expect(sealed.seal.resultDigest == expected.seal.resultDigest)
        try SealedRun(folder: before.folder).verify()
    }

    @Test func aLimitOnAFilesSizeIsAnErrorThatCanBeMended() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path
        await #expect(processExitsWith: .exitCode(74)) { [path = path as String] in
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let root = URL(filePath: path)
            do {
                _ = try await Launcher(workspace: Workspace(root), home: root.appending(path: "home"))
                    .train(Trek.self, configuration: .init(steps: 1_000, every: 100), seed: 3)
            } catch let error as any ReportableError {
                exit(error.remedy.isEmpty ? 1 : error.status.rawValue)
            }
        }
        let launcher = Launcher(workspace: Workspace(folder.url), home: folder.url.appending(path: "home"))
        let run = try launcher.workspace.folder(of: "test/trek/1")
        #expect(RunState.of(run) == .failed)
        #expect(RunState.stopReason(of: run)?.contains("metrics.jsonl") == true)
        let sealed = try await launcher.resume(run, registry: Registry(experiments: [Trek.self]))
        #expect(try sealed.metrics().map(\.step) == Array(0...1_000))
    }
}
