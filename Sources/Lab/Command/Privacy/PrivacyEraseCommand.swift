import ArgumentParser
import Foundation
import LabDomain
import LabPrivacy
import LabRuns
import LabStorage

struct PrivacyEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Destroy a customer's key, so that nobody can read their texts again.",
        discussion: """
            Sealed runs stay as they are and stay valid; what the customer wrote can no longer be opened in any of them, and \
            is left out when their dataset is ingested again. This cannot be undone. Erasing again changes nothing.

            The dataset's own file and its working form in .lab/data are yours to delete; so are backups of $LAB_HOME.

              labctl privacy erase --owner acme --customer 5f1c20d3a4b84c7e9a0d6b1f2e3c4d5e
              labctl privacy erase --owner acme --identifier @ada --dataset my-posts
              labctl privacy erase --owner acme --identifier - --dataset my-posts < identifier.txt
            """)

    struct Report: Encodable {
        let owner: String
        let customer: CustomerID
        let outcome: CustomerVault.Erasure
    }

    @OptionGroup var owner: OwnerOption

    @Option(help: "The customer's pseudonym, as runs show it: 32 hexadecimal digits.")
    var customer: String?

    @Option(help: "The author as the dataset names them, instead of the pseudonym; - reads it from standard input.")
    var identifier: String?

    @Option(help: "The dataset of your own that the identifier is from.")
    var dataset: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (customer == nil) != (identifier == nil) else {
            throw ValidationError("Give either --customer or --identifier.")
        }
        guard (identifier == nil) == (dataset == nil) else {
            throw ValidationError("--identifier and --dataset belong together.")
        }
        guard customer.map(Self.isPseudonym) ?? true else {
            throw ValidationError("A pseudonym is 32 of the digits 0-9 and a-f.")
        }
    }

    func run() throws {
        let home = Workspace.home()
        try KeyStore(home: home).requireOwner(owner.owner)
        let person = try person(in: home)
        let outcome = try CustomerVault(home: home, owner: owner.owner).erase(person, at: Date())
        switch outcome {
        case .destroyed: common.say("erased \(person): the key is destroyed, their texts are gone from every run")
        case .hadNoKey: common.say("erased \(person): there was no key, and there will be none")
        case .already: common.say("\(person) was erased before")
        }
        try common.emit(Report(owner: owner.owner, customer: person, outcome: outcome))
    }

    private func person(in home: URL) throws -> CustomerID {
        if let customer { return CustomerID(rawValue: customer) }
        let manifest = try common.catalogue.manifest(dataset ?? "")
        guard manifest.files.contains(where: { $0.path == "rows.jsonl" }) else {
            throw ValidationError("\(manifest.name) is a published dataset: its people have no keys here.")
        }
        let raw = identifier == "-" ? readLine() ?? "" : identifier ?? ""
        guard !raw.isEmpty else { throw ValidationError("The identifier is empty.") }
        return try KeyStore(home: home).pseudonymKey(owner: owner.owner).pseudonym(
            of: raw, namespace: PseudonymKey.authorNamespace)
    }

    private static func isPseudonym(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }
}
