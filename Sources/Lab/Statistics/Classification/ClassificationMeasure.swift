/// One figure of a confusion matrix: what a task is judged by.
///
/// All classes count, also one that occurs neither among the true nor among the predicted ones: its F1 and recall are 0, as
/// scikit-learn has it when it is given the list of classes.
public enum ClassificationMeasure: Sendable, Hashable, Codable {
    /// The share of right answers.
    case accuracy
    /// The unweighted mean of the classes' F1.
    case macroF1
    /// The unweighted mean of the classes' recall (balanced accuracy).
    case macroRecall
    /// F1 of one class, given as its place.
    case f1(ofClass: Int)
    /// The unweighted mean of the F1 of some classes, given as their places.
    case meanF1(ofClasses: [Int])

    /// The name under which figures are recorded, such as `macro-f1`.
    public var name: String {
        switch self {
        case .accuracy: "accuracy"
        case .macroF1: "macro-f1"
        case .macroRecall: "macro-recall"
        case .f1(let place): "f1-class-\(place)"
        case .meanF1(let places): "mean-f1-classes-" + places.map(String.init).joined(separator: "-")
        }
    }

    /// The figure of a confusion matrix, row-major [truth, predicted]; not a number where it has no observation.
    public func value(confusion: [Int], classCount: Int) -> Double {
        precondition(confusion.count == classCount * classCount, "a confusion matrix is square")
        return confusion.withUnsafeBufferPointer { value($0, classCount) }
    }

    /// The figure of true and predicted classes, given as places.
    ///
    /// - Throws: `StatisticsError.lengthsDiffer`, `StatisticsError.outOfRange` for a place that is no class.
    public func value(truth: [Int], predicted: [Int], classCount: Int) throws -> Double {
        let cells = try Self.cells(truth: truth, predicted: predicted, classCount: classCount)
        return value(confusion: Self.counts(cells, classCount), classCount: classCount)
    }

    func value(_ confusion: UnsafeBufferPointer<Int>, _ classes: Int) -> Double {
        switch self {
        case .accuracy:
            let hits = (0..<classes).reduce(0) { $0 + confusion[$1 * classes + $1] }
            return Double(hits) / Double(confusion.reduce(0, +))
        case .macroF1: return mean(0..<classes) { Self.f1(confusion, classes, $0) }
        case .macroRecall: return mean(0..<classes) { Self.recall(confusion, classes, $0) }
        case .f1(let place): return Self.f1(confusion, classes, place)
        case .meanF1(let places): return mean(places) { Self.f1(confusion, classes, $0) }
        }
    }

    private func mean(_ places: some Collection<Int>, _ figure: (Int) -> Double) -> Double {
        places.reduce(0) { $0 + figure($1) } / Double(places.count)
    }

    private static func f1(_ confusion: UnsafeBufferPointer<Int>, _ classes: Int, _ place: Int) -> Double {
        var members = 0
        for other in 0..<classes { members += confusion[place * classes + other] + confusion[other * classes + place] }
        return members == 0 ? 0 : 2 * Double(confusion[place * classes + place]) / Double(members)
    }

    private static func recall(_ confusion: UnsafeBufferPointer<Int>, _ classes: Int, _ place: Int) -> Double {
        var members = 0
        for other in 0..<classes { members += confusion[place * classes + other] }
        return members == 0 ? 0 : Double(confusion[place * classes + place]) / Double(members)
    }

    /// The cell truth · classes + predicted of each observation.
    static func cells(truth: [Int], predicted: [Int], classCount: Int) throws -> [Int] {
        guard truth.count == predicted.count else {
            throw StatisticsError.lengthsDiffer(
                what: "true and predicted classes", first: truth.count, second: predicted.count)
        }
        for place in [truth.min(), truth.max(), predicted.min(), predicted.max()].compactMap({ $0 })
        where !(0..<classCount).contains(place) {
            throw StatisticsError.outOfRange(name: "a class", value: "\(place)", allowed: "0 ..< \(classCount)")
        }
        return zip(truth, predicted).map { $0 * classCount + $1 }
    }

    static func counts(_ cells: [Int], _ classes: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: classes * classes)
        for cell in cells { counts[cell] += 1 }
        return counts
    }
}
