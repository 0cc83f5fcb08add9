import Foundation
import LabExperimentTestKit
import LabTestKit
import Testing

@testable import LabRuns

@Suite struct TensorBoardTests {
    let folder: TemporaryFolder
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        launcher = Launcher(workspace: Workspace(folder.url), datasets: Awkward.datasets)
    }

    private static let look = """
        import json, sys
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        from tensorboard.plugins.hparams import plugin_data_pb2

        def look(folder):
            events = EventAccumulator(folder, size_guidance={"scalars": 0, "tensors": 0})
            events.Reload()
            tags = events.Tags()
            metadata = events.summary_metadata
            start = plugin_data_pb2.HParamsPluginData.FromString(
                metadata["_hparams_/session_start_info"].plugin_data.content).session_start_info
            value = lambda v: getattr(v, v.WhichOneof("kind"))
            return {
                "scalars": {t: [[e.step, repr(e.value), e.wall_time] for e in events.Scalars(t)]
                            for t in tags["scalars"]},
                "texts": {t: events.Tensors(t)[0].tensor_proto.string_val[0].decode() for t in tags["tensors"]
                          if metadata[t].plugin_data.plugin_name == "text"},
                "hparams": {k: str(value(v)) for k, v in start.hparams.items()},
                "ended": "_hparams_/session_end_info" in metadata,
            }

        print("RESULT" + json.dumps([look(sys.argv[1]), look(sys.argv[2])]))
        """

    struct Seen: Decodable {
        var scalars: [String: [[ConfigurationValue]]]
        var texts: [String: String]
        var hparams: [String: String]
        var ended: Bool
    }

    @Test(.enabled(if: ClientPython.isInstalled, "SKIPPED: no TensorBoard; run scripts/venv.sh clients"))
    func tensorBoardReadsTheEventsAndStopsAtASpoiledOne() async throws {
        let run = try await launcher.train(Awkward.self, seed: 3)
        let out = folder.url.appending(path: "events")
        let report = try TensorBoardExport().write([run], to: out)
        #expect(report.added == [run.reference])
        #expect(try TensorBoardExport().write([run], to: out).present == [run.reference])
        let place = out.appending(path: "test.awkward/1-\(run.id.suffix(6))")
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: place.path).first)
        var bytes = try Data(contentsOf: place.appending(path: name))

        // One flipped bit in the middle of the measurements.
        let spoiled = folder.url.appending(path: "spoiled")
        try FileManager.default.createDirectory(at: spoiled, withIntermediateDirectories: true)
        let place2 = try #require(bytes.range(of: Data("ok.name-1".utf8)))
        bytes[place2.lowerBound] ^= 1
        try bytes.write(to: spoiled.appending(path: name))

        let (status, output) = try ClientPython.run(Self.look, [place.path, spoiled.path])
        try #require(status == 0, "\(output)")
        let text = try #require(output.components(separatedBy: "RESULT").last)
        let seen = try JSONDecoder().decode([Seen].self, from: Data(text.utf8))
        let series = ResultDigest.series(try run.metrics())
        for (name, points) in series {
            let found = try #require(seen[0].scalars[name], "\(name)")
            #expect(found.map { $0[0] } == points.map { .integer(Int64($0.step)) }, "\(name)")
            for (one, point) in zip(found, points) {
                let value = Float(one[1].exportedText) ?? .nan
                #expect(value == Float(point.value) || (value.isNaN && point.value.isNaN), "\(name)")
            }
        }
        #expect(seen[0].scalars.count == series.count + run.evaluation.exportedNumbers.count)
        #expect(seen[0].scalars["evaluation/f1.lower"]?.first?[0] == .integer(7))
        #expect(seen[0].texts["configuration"]?.contains("| seed | 3 |") == true)
        #expect(seen[0].texts["notes"] == "A note: with a colon.")
        #expect(seen[0].hparams["ratio"] == "1e-05" && seen[0].hparams["flag"] == "True")
        #expect(seen[0].hparams["seed"] == "3.0" && seen[0].ended)
        // The client gives what comes before the damage and nothing behind it.
        #expect(seen[1].scalars["loss"]?.count == 3)
        #expect(seen[1].scalars["ok.name-1 :x"] == nil && seen[1].scalars["hard"] == nil && !seen[1].ended)
    }

    @Test func checksumsAreThoseOfTheStandard() {
        // RFC 3720, B.4: 32 bytes of zeros, of ones, and rising ones.
        #expect(RecordFraming.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(RecordFraming.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(RecordFraming.checksum(Array(0..<32)) == 0x46DD_794E)
        var record: [UInt8] = []
        RecordFraming.append(Array(repeating: 7, count: 24), to: &record)
        // A length of 24 as TensorBoard's own writer frames it.
        #expect(Array(record.prefix(12)) == [24, 0, 0, 0, 0, 0, 0, 0, 0xA3, 0x7F, 0x4B, 0x22])
    }
}
