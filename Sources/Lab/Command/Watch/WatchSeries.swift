import LabRuns

/// One metric of one run as it is drawn: thinned out, so that a long run costs no more memory than a short one.
struct WatchSeries {
    /// Twice as many points as the widest terminal can show.
    private static let limit = 4096

    private(set) var points: [(step: Double, value: Double)] = []
    private(set) var count = 0
    private(set) var notFinite = 0
    private(set) var first: MetricPoint?
    private(set) var last: MetricPoint?
    private var stride = 1

    mutating func add(_ point: MetricPoint) {
        if count % stride == 0 { points.append((Double(point.step), point.value)) }
        count += 1
        if !point.value.isFinite { notFinite += 1 }
        first = first ?? point
        last = point
        if points.count > Self.limit {
            points = points.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
            stride *= 2
        }
    }

    /// What is drawn: the kept points, and always the last one.
    var drawn: [(step: Double, value: Double)] {
        guard let last, points.last?.step != Double(last.step) else { return points }
        return points + [(step: Double(last.step), value: last.value)]
    }

    /// Steps a second; `nil` where the times do not tell.
    var rate: Double? {
        guard let first, let last, last.time > first.time, last.step > first.step else { return nil }
        return Double(last.step - first.step) / (last.time - first.time)
    }
}
