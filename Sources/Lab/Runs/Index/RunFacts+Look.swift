import Foundation
import LabStatistics

extension RunFacts {
    /// Reads a run's folder, in whatever state; `nil` where it is no run or is gone.
    ///
    /// A sealed run whose record, configuration, result or measurements do not match the seal is `damaged`, with what is
    /// wrong as `problem` and what can still be read.
    init?(folder: URL) {
        guard let number = Int(folder.lastPathComponent), number > 0,
            FileManager.default.fileExists(atPath: folder.path)
        else { return nil }
        self["experiment"] = .text(
            Workspace.experimentName(ofFolder: folder.deletingLastPathComponent().lastPathComponent))
        self["number"] = RunValue(number)
        let state = RunState.of(folder)
        self["state"] = .text(state.rawValue)
        if state == .sealed {
            do {
                try take(SealedRun(folder: folder))
            } catch {
                self["state"] = .text(RunField.damaged)
                self["problem"] = .text((error as? RunsError)?.what ?? "\(error)")
                takeUnsealed(folder)
            }
        } else {
            takeUnsealed(folder)
        }
        take((try? RunNotes.read(besides: folder)) ?? RunNotes())
    }

    private mutating func take(_ run: SealedRun) throws {
        take(run.record)
        take(run.configuration)
        for figure in run.evaluation.figures { take(figure) }
        self["figures"] = Self.list(run.evaluation.figures.map(\.name))
        let metrics = run.folder.appending(path: RunFiles.metrics)
        try SealFile.verify(RunFiles.metrics, in: run.folder, seal: run.seal)
        try take(MetricSummary.read(metrics))
        self["sealed"] = RunValue(run.seal.sealed)
        self["seconds"] = .number(run.seal.sealed.timeIntervalSince(run.record.started))
        self["result"] = .text(run.seal.resultDigest)
    }

    /// What can be read of a run without a seal, or with one that does not fit.
    private mutating func takeUnsealed(_ folder: URL) {
        let files = (
            record: try? Data(contentsOf: folder.appending(path: RunFiles.record)),
            configuration: try? String(contentsOf: folder.appending(path: RunFiles.configuration), encoding: .utf8)
        )
        if let record = files.record.flatMap({ try? CanonicalJSON.decode(RunRecord.self, from: $0) }) { take(record) }
        if let text = files.configuration, let document = try? YAMLDocument(text, source: RunFiles.configuration) {
            take(document.value.removing(ConfigurationYAML.seedKey))
        }
        if let metrics = try? MetricSummary.read(folder.appending(path: RunFiles.metrics)) { take(metrics) }
    }

    private mutating func take(_ record: RunRecord) {
        self["id"] = RunValue(record.id)
        self["verb"] = .text(record.verb.rawValue)
        self["smoke"] = .bool(record.smoke)
        self["seed"] = RunValue(record.seed)
        self["started"] = RunValue(record.started)
        self["code"] = RunValue(record.code.digest)
        self["parents"] = Self.list(record.parents.sorted { $0.key < $1.key }.map(\.value.id))
        for (name, digest) in record.datasets { self["datasets.\(name)"] = RunValue(digest) }
    }

    private mutating func take(_ configuration: ConfigurationValue) {
        for (key, value) in configuration.flattened() where !key.isEmpty { self["config.\(key)"] = RunValue(value) }
    }

    private mutating func take(_ figure: Figure) {
        let name = "figures.\(figure.name)"
        self[name] = .number(figure.value)
        self[name + ".unit"] = RunValue(figure.unit)
        self[name + ".count"] = figure.count.map { RunValue($0) } ?? .missing
        self[name + ".better"] = RunValue(figure.better?.rawValue)
        if let interval = figure.interval {
            self[name + ".lower"] = .number(interval.lower)
            self[name + ".upper"] = .number(interval.upper)
            self[name + ".level"] = .number(interval.level)
        }
    }

    private mutating func take(_ metrics: [String: MetricSummary]) {
        for (name, summary) in metrics {
            self["metrics.\(name).last"] = .number(summary.last)
            self["metrics.\(name).min"] = .number(summary.least)
            self["metrics.\(name).max"] = .number(summary.greatest)
            self["metrics.\(name).count"] = RunValue(summary.count)
        }
    }

    private mutating func take(_ notes: RunNotes) {
        self["tags"] = Self.list(notes.tags)
        self["notes"] = Self.list(notes.notes.map(\.text))
    }
}
