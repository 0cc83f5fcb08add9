import ArgumentParser
import Foundation
import LabRuns

struct RunsNoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Write a sentence beside a run; without one, show what stands there.",
        discussion: """
            Notes lie beside a run, outside its seal, and are never changed once written.

              labctl runs note policy/dqn/1 "Best of the sweep; the reward was clipped."
              labctl runs note policy/dqn/1
              labctl runs list --where 'notes contains clipped'
            """)

    struct Report: Encodable {
        let run: String
        let tags: [String]
        let notes: [RunNotes.Note]
    }

    @Argument(help: "Which run.")
    var reference: String

    @Argument(help: "What to write.")
    var text: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard text.map({ !$0.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty }) ?? true else {
            throw ValidationError("the note is empty")
        }
    }

    func run() throws {
        let folder = try common.place.folder(of: reference)
        guard let entry = RunEntry(folder: folder) else {
            throw RunsError.unknownRun(reference: reference, nearest: nil)
        }
        var notes = try RunNotes.read(besides: folder)
        if let text { notes = try RunNotes.add(text, besides: folder, at: Date()) }
        for note in notes.notes { common.say("\(note.time.formatted(.iso8601))  \(note.text)") }
        if notes.notes.isEmpty { common.say("no notes") }
        try common.emit(Report(run: entry.reference, tags: notes.tags, notes: notes.notes))
    }
}
