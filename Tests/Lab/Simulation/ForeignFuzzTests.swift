import Foundation
import LabDomain
import LabNumerics
import LabStorage
import LabTestKit
import Testing

@testable import LabSimulation

/// Files of other programs carry no digest: what is altered in them must end in a log or in an error, never in a crash.
@Suite struct ForeignFuzzTests {
    @Test(arguments: ["d3rlpy.h5", "minari/ads/min-v0/data/main_data.hdf5", "d4rl"])
    func alteredBytesNeverCrash(_ name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-fuzz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.h5")
        let fixture = Fixture.file("Journeys/" + name)
        if name == "d4rl" {
            try JourneyFile.exportD4RL(JourneyFile.readD3rlpy(Fixture.file("Journeys/d3rlpy.h5")), to: file)
        }
        let original = try Data(contentsOf: name == "d4rl" ? file : fixture)
        var stream = RandomStream(seed: 8, name: "flips")
        let cases = ProcessInfo.processInfo.environment["LAB_FUZZ_CASES"].flatMap(Int.init) ?? 40
        var refused = 0
        for _ in 0..<cases {
            var bytes = original
            for _ in 0...Int.random(in: 0..<3, using: &stream) {
                bytes[Int.random(in: 0..<bytes.count, using: &stream)] = UInt8.random(in: 0...255, using: &stream)
            }
            if Int.random(in: 0..<8, using: &stream) == 0 {
                bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &stream))
            }
            try bytes.write(to: file)
            do {
                _ = try JourneyFormats.read(file)
            } catch is any ReportableError {
                refused += 1
            }
        }
        #expect(refused > cases / 20)
    }
}
