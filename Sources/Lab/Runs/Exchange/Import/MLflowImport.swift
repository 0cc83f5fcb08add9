import Foundation
import LabStorage

/// Takes over runs of MLflow as sealed runs of `imported/<experiment>`.
///
/// A run that stands in the workspace already is left as it is, so importing twice adds nothing; a damaged one is named
/// with the reason and stays where it is, and the others come in. A param becomes a setting (a dotted name a nested one,
/// and `seed` the seed), the last value of each metric a figure, tags and original times stand in `run.json` as the
/// origin. A run that Lab exported gets its settings and figures as they were.
public struct MLflowImport: Sendable {
    public var launcher: Launcher
    /// Where artifacts of a database may lie; `nil` is the database's own folder.
    public var artifacts: URL?

    public init(_ launcher: Launcher, artifacts: URL? = nil) {
        self.launcher = launcher
        self.artifacts = artifacts
    }

    /// What came of an import.
    public struct Report: Codable, Sendable, Equatable {
        /// References of the new runs.
        public var added: [String] = []
        /// How many were there before.
        public var present = 0
        public var quarantined: [Quarantined] = []
    }

    /// Imports a file store (a folder) or a database (an SQLite file).
    ///
    /// - Parameter onRun: hears each new run's reference.
    /// - Throws: `RunsError` or `StorageError` where nothing can be read there or a run cannot be written;
    ///   `CancellationError` after Ctrl-C.
    public func read(_ source: URL, onRun: (String) -> Void = { _ in }) throws -> Report {
        var report = Report()
        var writer = try ImportedRuns(launcher)
        func take(_ place: String, _ result: Result<ForeignRun, ForeignDamage>) throws {
            // What came in before stays; the next call goes on.
            if launcher.interruption.isRequested { throw CancellationError() }
            do {
                guard let reference = try writer.write(MLflowRecord.completed(result.get())) else {
                    report.present += 1
                    return
                }
                report.added.append(reference)
                onRun(reference)
            } catch let damage as ForeignDamage {
                report.quarantined.append(Quarantined(place: place, reason: damage.reason))
            }
        }
        switch ForeignFolder.type(of: source.resolvingSymlinksInPath()) {
        case .typeDirectory?: try MLflowStore(source).read(take)
        case .typeRegular?: try MLflowDatabase(source, artifacts: artifacts).read(take)
        default: throw RunsError.cannotRead(path: source.path, problem: "there is no such folder or file")
        }
        return report
    }
}

/// A foreign run as ours: settings, figures and artifacts.
struct ImportableRun {
    var foreign: ForeignRun
    var configuration: ConfigurationValue
    var seed: UInt64
    var evaluation: Evaluation
}

/// What MLflow's names and values mean for us.
enum MLflowRecord {
    /// Puts names and settings back where Lab wrote the record, and makes them up from params and metrics otherwise.
    static func completed(_ given: ForeignRun) throws -> ImportableRun {
        var run = given
        let names = try names(in: run.origin.tags)
        run.metrics = run.metrics.map { point in
            var point = point
            point.name = names["metrics"]?[point.name] ?? point.name
            return point
        }
        let own = MLflowExport.recordFolder + "/"
        func file(_ name: String) -> URL? { run.artifacts.first { $0.name == own + name }?.file }
        if let record = file(RunFiles.record), let configuration = file(RunFiles.configuration),
            let evaluation = file(RunFiles.evaluation), run.origin.tags["lab.id"] != nil
        {
            let ours = try restored(record, configuration, evaluation)
            let figures = Set(ours.evaluation.exportedNumbers.map { "evaluation/" + $0.name })
            run.metrics.removeAll { figures.contains($0.name) }
            run.artifacts.removeAll { $0.name.hasPrefix(own) }
            return ImportableRun(
                foreign: run, configuration: ours.configuration, seed: ours.seed, evaluation: ours.evaluation)
        }
        var settings = run.parameters
        for (name, value) in names["values"] ?? [:] where settings[name] != nil { settings[name] = value }
        settings = Dictionary(
            settings.map { (names["params"]?[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        let seed = settings[ConfigurationYAML.seedKey].flatMap { UInt64($0) }
        if seed != nil {
            settings[ConfigurationYAML.seedKey] = nil
        } else if let text = settings.removeValue(forKey: ConfigurationYAML.seedKey) {
            settings["param." + ConfigurationYAML.seedKey] = text
        }
        var evaluation = Evaluation(figures: figures(run.metrics), notes: run.notes)
        if let status = run.origin.status, status != "FINISHED" {
            evaluation.notes.append("MLflow has this run as \(status).")
        }
        return ImportableRun(
            foreign: run, configuration: .nested(settings.mapValues { ConfigurationValue(foreign: $0) }),
            seed: seed ?? 0, evaluation: evaluation)
    }

    private static func restored(
        _ record: URL, _ configuration: URL, _ evaluation: URL
    ) throws -> (configuration: ConfigurationValue, seed: UInt64, evaluation: Evaluation) {
        do {
            let record = try CanonicalJSON.decode(RunRecord.self, from: Data(contentsOf: record))
            let text = try ForeignFolder.text(configuration)
            let settings = try YAMLDocument(text, source: RunFiles.configuration).value
            let result = try CanonicalJSON.decode(Evaluation.self, from: Data(contentsOf: evaluation))
            return (settings.removing(ConfigurationYAML.seedKey), record.seed, result)
        } catch let damage as ForeignDamage {
            throw damage
        } catch {
            throw ForeignDamage("what \(MLflowExport.recordFolder) holds cannot be read")
        }
    }

    /// The renamed and cut texts that an export left in tags.
    private static func names(in tags: [String: String]) throws -> [String: [String: String]] {
        var text = ""
        var index = 1
        while let piece = tags[MLflowExport.namesTag + String(index)] {
            text += piece
            index += 1
        }
        if text.isEmpty { return [:] }
        guard let names = try? CanonicalJSON.decode([String: [String: String]].self, from: Data(text.utf8)) else {
            throw ForeignDamage("the tags \(MLflowExport.namesTag)… cannot be read")
        }
        return names
    }

    /// The last point of each metric by step, time and value, as MLflow shows it, by name.
    private static func figures(_ metrics: [MetricPoint]) -> [Figure] {
        ResultDigest.series(metrics).compactMap { name, points in
            points.max { ($0.step, $0.time, $0.value) < ($1.step, $1.time, $1.value) }.map { Figure(name, $0.value) }
        }
    }
}

extension ConfigurationValue {
    /// A text of another program: whole numbers, decimals and truth values where nothing is lost, else the text.
    init(foreign text: String) {
        let value = ConfigurationValue(plainScalar: text)
        switch value {
        case .bool: self = value
        case .integer, .unsigned: self = value.inlineYAML == text ? value : .text(text)
        case .number: self = value
        default: self = .text(text)
        }
    }

    /// A tree from dotted keys; a key that cannot be a path, or is one and a value as well, stays whole.
    static func nested(_ values: [String: ConfigurationValue]) -> ConfigurationValue {
        var tree = ConfigurationValue.object([:])
        let keys = Set(values.keys)
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            let isPath = path.allSatisfy { !$0.isEmpty } && path.first != ConfigurationYAML.seedKey
            let prefixes = path.indices.dropFirst().map { path[..<$0].joined(separator: ".") }
            tree.set(value, at: isPath && !prefixes.contains(where: keys.contains) ? path : [key])
        }
        return tree
    }
}
