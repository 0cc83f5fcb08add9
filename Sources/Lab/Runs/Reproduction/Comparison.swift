import Foundation

/// Compares two sealed runs part by part.
public enum Comparison {
    /// The first difference in what must come out again, or `nil`.
    public static func firstDifference(_ original: SealedRun, _ again: SealedRun) throws -> Difference? {
        try configuration(original.configuration, again.configuration)
            ?? metrics(original.metrics(), again.metrics())
            ?? evaluation(original.evaluation, again.evaluation)
            ?? ArtifactComparison.firstDifference(original, again)
    }

    static func configuration(_ original: ConfigurationValue, _ again: ConfigurationValue) -> Difference? {
        func walk(_ left: ConfigurationValue?, _ right: ConfigurationValue?, _ path: [String]) -> Difference? {
            if case .object(let a)? = left, case .object(let b)? = right {
                for key in Set(a.keys).union(b.keys).sorted() {
                    if let found = walk(a[key], b[key], path + [key]) { return found }
                }
                return nil
            }
            // A setting without a value may stand as null or not at all.
            if (left ?? .null) == (right ?? .null) { return nil }
            return Difference(
                .configuration, path.joined(separator: "."), original: left?.inlineYAML ?? "absent",
                again: right?.inlineYAML ?? "absent")
        }
        return walk(original, again, [])
    }

    /// The earliest measurement that differs; of several metrics the one that was measured first.
    static func metrics(_ original: [MetricPoint], _ again: [MetricPoint]) -> Difference? {
        let left = Dictionary(grouping: original, by: \.name)
        let right = Dictionary(grouping: again, by: \.name)
        var seen: Set<String> = []
        let names = (original + again).map(\.name).filter { seen.insert($0).inserted }
        var found: (position: Int, difference: Difference)?
        for name in names {
            let a = left[name] ?? []
            let b = right[name] ?? []
            let common = zip(a, b).prefix { $0.step == $1.step && same($0.value, $1.value) }.count
            guard common < max(a.count, b.count), common < found?.position ?? .max else { continue }
            found = (common, difference(name, common < a.count ? a[common] : nil, common < b.count ? b[common] : nil))
        }
        return found?.difference
    }

    private static func difference(_ name: String, _ before: MetricPoint?, _ now: MetricPoint?) -> Difference {
        let step = (before ?? now)?.step ?? 0
        func text(_ measurement: MetricPoint?) -> String {
            guard let measurement else { return "nothing" }
            return measurement.step == step
                ? "\(measurement.value)" : "\(measurement.value) at step \(measurement.step)"
        }
        return Difference(.metric, "'\(name)' at step \(step)", original: text(before), again: text(now))
    }

    static func same(_ left: Double, _ right: Double) -> Bool { left == right || (left.isNaN && right.isNaN) }
}
