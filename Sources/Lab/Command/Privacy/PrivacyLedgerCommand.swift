import ArgumentParser
import Foundation
import LabPrivacy
import LabRuns

struct PrivacyLedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Show what was released about an owner's people, and what may still be.",
        discussion: """
            The chain of entries is verified first. With --json the entries follow in full.

              labctl privacy ledger --owner acme
              labctl privacy ledger --owner acme --json
            """)

    struct Population: Encodable {
        let name: String
        let budgetEpsilon: Double
        let spentEpsilon: Double
        let remainingEpsilon: Double
        let budgetDelta: Double
        let spentDelta: Double
        let releases: Int
    }

    struct Report: Encodable {
        let owner: String
        let populations: [Population]
        let entries: [LedgerEntry]
    }

    @OptionGroup var owner: OwnerOption
    @OptionGroup var common: CommonOptions

    func run() throws {
        let home = Workspace.home()
        guard try PrivacyLedger.exists(home: home, owner: owner.owner) else {
            common.say("\(owner.owner) has no ledger: nothing was released")
            return try common.emit(Report(owner: owner.owner, populations: [], entries: []))
        }
        let ledger = try PrivacyLedger(home: home, owner: owner.owner)
        let entries = try ledger.entries()
        let populations = try Set(entries.map(\.population)).sorted().map { name in
            let balance = try ledger.balance(of: name)
            return Population(
                name: name, budgetEpsilon: balance.budget.epsilon, spentEpsilon: balance.spent.epsilon,
                remainingEpsilon: balance.remaining.epsilon, budgetDelta: balance.budget.delta,
                spentDelta: balance.spent.delta,
                releases: entries.count { $0.kind == .charge && $0.population == name })
        }
        var table = TextTable(["population", "releases", "epsilon spent", "of", "left", "delta spent", "of"])
        table.rows = populations.map {
            [
                $0.name, "\($0.releases)", text($0.spentEpsilon), text($0.budgetEpsilon), text($0.remainingEpsilon),
                text($0.spentDelta), text($0.budgetDelta),
            ]
        }
        common.say(table)
        common.say("")
        common.say("\(entries.count) entries, the chain is whole")
        try common.emit(Report(owner: owner.owner, populations: populations, entries: entries))
    }

    private func text(_ value: Double) -> String { String(format: "%g", value) }
}
