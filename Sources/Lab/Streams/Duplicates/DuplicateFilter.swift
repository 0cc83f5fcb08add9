/// Decides for each cleaned text, in the source's order, whether it repeats an earlier one and to which group it belongs.
struct DuplicateFilter {
    private struct Kept {
        let id: String
        let group: String
        let split: TextSplit
    }

    enum Verdict {
        case new(group: String, split: TextSplit)
        case duplicate(Duplicate)
        /// Another text has this identifier.
        case repeatedID
    }

    private let rules: DuplicateRules
    private let shares: SplitShares
    private let groupName: (String) -> String
    private var index = NearDuplicateIndex()
    private var kept: [Kept] = []
    private var byKey: [String: Int] = [:]
    private var ids: Set<String> = []

    /// - Parameter groupName: what a new group is called, from `NormalForm.key` of its first text.
    init(rules: DuplicateRules, shares: SplitShares, groupName: @escaping (String) -> String = { $0 }) {
        self.groupName = groupName
        self.rules = rules
        self.shares = shares
    }

    /// Takes up a post that the log holds already.
    mutating func restore(id: String, cleaned: String, group: String, split: TextSplit) {
        let form = NormalForm(cleaned)
        let shingles = form.shingles
        keep(form.key, shingles, index.bands(of: shingles), Kept(id: id, group: group, split: split))
    }

    /// Takes up a post whose text is gone: its identifier is still taken.
    mutating func restore(erased id: String) { ids.insert(id) }

    /// The verdict on a text; a new one is remembered under `id`.
    mutating func judge(_ cleaned: String, id: String) -> Verdict {
        let form = NormalForm(cleaned)
        let key = form.key
        if let original = byKey[key] {
            return .duplicate(Duplicate(kind: .exact, original: kept[original].id, similarity: 1))
        }
        guard !ids.contains(id) else { return .repeatedID }
        let shingles = form.shingles
        let bands = index.bands(of: shingles)
        let matches = index.matches(shingles, bands: bands, threshold: min(rules.grouping, rules.removal))
        let closest = matches.first
        if let closest, closest.similarity >= rules.removal {
            return .duplicate(
                Duplicate(kind: .near, original: kept[closest.index].id, similarity: closest.similarity))
        }
        let splits = Set(matches.map { kept[$0.index].split })
        if let closest, splits.count > 1 {
            return .duplicate(
                Duplicate(kind: .bridge, original: kept[closest.index].id, similarity: closest.similarity))
        }
        let group = closest.map { kept[$0.index].group } ?? groupName(key)
        let split = closest.map { kept[$0.index].split } ?? shares.split(ofGroup: key)
        keep(key, shingles, bands, Kept(id: id, group: group, split: split))
        return .new(group: group, split: split)
    }

    private mutating func keep(_ key: String, _ shingles: [UInt32], _ bands: [UInt64], _ post: Kept) {
        byKey[key] = kept.count
        ids.insert(post.id)
        kept.append(post)
        index.insert(shingles, bands: bands)
    }
}
