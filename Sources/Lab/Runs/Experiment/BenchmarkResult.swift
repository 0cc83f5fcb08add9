/// Measurements as the result of a run.
struct BenchmarkResult {
    let rows: [BenchmarkRow]

    init(_ rows: [BenchmarkRow]) { self.rows = rows }

    var evaluation: Evaluation {
        Evaluation(
            figures: rows.flatMap(figures),
            tables: [
                ResultTable(
                    "measurements", columns: ["measurement", "figure", "unit", "bar"],
                    rows: rows.map { [.text($0.name), .text(Self.figureName($0.name)), .text($0.unit), Cell($0.bar)] })
            ],
            notes: [
                "Speeds and ratios hold for the machine in machine.json; rows.json names the peers and their versions."
            ])
    }

    private func figures(_ row: BenchmarkRow) -> [Figure] {
        let name = Self.figureName(row.name)
        let value = Figure(name, row.value, unit: row.unit, source: .clock)
        guard let ratio = row.ratio else { return [value] }
        return [value, Figure(name + "Ratio", ratio, better: .higher, source: .clock)]
    }

    /// `dqnBatch32BesideD3rlpy` for `dqn, batch 32, beside d3rlpy`, so that queries can name it.
    static func figureName(_ name: String) -> String {
        let words = name.replacing("'", with: "").split { !$0.isLetter && !$0.isNumber }
        return words.enumerated().map { place, word in
            place == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }
}
