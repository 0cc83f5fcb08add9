/// Seeds as people write them: `0..9` (both ends included), `1,2,5`, or both: `0..4,10`.
public enum SeedList {
    /// More than this is a slip of the keyboard, not a study.
    static let limit = 10_000

    /// The seeds in the order given.
    ///
    /// - Throws: `RunsError.malformedSeeds` for what is no list of distinct whole numbers from 0.
    public static func parse(_ text: String) throws -> [UInt64] {
        func fault(_ problem: String) -> RunsError { .malformedSeeds(text: text, problem: problem) }
        var seeds: [UInt64] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "..", omittingEmptySubsequences: false).map { UInt64($0) }
            guard !part.isEmpty, ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1] else {
                throw fault("'\(part)' is neither a whole number nor a range such as 0..9")
            }
            guard first <= last else { throw fault("the range \(part) runs backwards") }
            guard last - first < UInt64(limit), seeds.count + Int(last - first) < limit else {
                throw fault("it names more than \(limit) seeds")
            }
            seeds += Array(first...last)
        }
        var seen: Set<UInt64> = []
        if let twice = seeds.first(where: { !seen.insert($0).inserted }) { throw fault("seed \(twice) stands twice") }
        return seeds
    }
}
