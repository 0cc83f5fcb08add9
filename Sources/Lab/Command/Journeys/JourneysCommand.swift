import ArgumentParser

/// `labctl journeys`: logged decisions, whoever logged them.
public struct JourneysCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "journeys", abstract: "Show logged journeys, and bring them in and out of other programs' forms.",
        discussion: """
            A log is the file that a run wrote (journeys.h5), a file of Minari, d3rlpy or with D4RL's flat keys, or a \
            dataset that was added with labctl data add. Whatever is read is checked: an unknown action, a reward that \
            is no number, a propensity outside (0, 1] or a mask that forbids everything is named by file, episode \
            and step, and nothing is written.

              labctl journeys show profiles/journeys
              labctl journeys import replay.h5 --out log.h5
              labctl journeys import decisions.csv --map map.yaml --out log.h5
              labctl journeys export profiles/journeys/1 --format minari --out ~/.minari/datasets

            The map of a CSV, TSV or JSON Lines file is YAML:

              kind: journeys               # or bandit: each row an episode of its own, without episode and step
              columns:
                episode: customer          # rows of one customer stand together
                step: week                 # a number or a time, rising within an episode
                action: shown
                reward: profit
                propensity: p              # from here on each may be left out
                terminal: churned
                elapsed: weeks
                segment: segment
              features: [mood, visits]     # the columns that were seen before the decision
              actions: [hold, calm, bold]  # numbered from 0 in this order; or how many
              permitted: {bold: may_bold}
              outcome: {engagements: clicks, revenue: paid}
              discount: 0.95
            """,
        subcommands: [JourneysShowCommand.self, JourneysImportCommand.self, JourneysExportCommand.self])

    public init() {}
}
