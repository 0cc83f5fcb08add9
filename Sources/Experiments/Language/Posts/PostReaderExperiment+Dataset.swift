import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

extension PostReaderExperiment {
    /// The rated posts of a dataset, validated, cleaned and without duplicates as training posts are.
    static func ingested(_ name: String, _ thresholds: SentimentThresholds, _ run: Run) throws -> LabelledPosts {
        let posts = try DatasetPosts(run.dataset(name), run)
        var labelled = LabelledPosts()
        try run.artifact("events.sqlite") { file in
            let log = try EventLog(file, vault: posts.vault)
            try posts.ingest().run(posts.source, into: log) { _ in try run.checkCancellation() }
            labelled = try LabelledPosts(log, thresholds)
            try log.finalise()
        }
        return labelled
    }
}
