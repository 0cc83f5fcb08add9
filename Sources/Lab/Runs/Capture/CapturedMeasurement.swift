import Foundation

/// A measurement as a program tells it: in a line of its output or of the file that `LAB_METRICS` names.
///
/// Two forms are read: `metric loss=0.5 accuracy=0.8 step=3`, and `{"name": "loss", "step": 3, "value": 0.5}`. Without a
/// step, points are counted from 0 by name.
struct CapturedMeasurement: Decodable, Equatable {
    var name: String
    var step: Int?
    var value: Double

    /// The measurements in a line; empty where it is something else.
    static func read(_ line: String) -> [CapturedMeasurement] {
        if line.hasPrefix("{") { return json(line).map { [$0] } ?? [] }
        guard line.hasPrefix("metric ") else { return [] }
        var result: [CapturedMeasurement] = []
        var step: Int?
        for word in line.split(whereSeparator: \.isWhitespace).dropFirst() {
            guard let split = word.lastIndex(of: "="), split != word.startIndex else { return [] }
            let name = String(word[..<split])
            let text = word[word.index(after: split)...]
            if name == "step" {
                guard let number = Int(text) else { return [] }
                step = number
            } else {
                guard let value = Double(text) else { return [] }
                result.append(CapturedMeasurement(name: name, step: nil, value: value))
            }
        }
        return result.map { CapturedMeasurement(name: $0.name, step: step, value: $0.value) }
    }

    private static func json(_ line: String) -> CapturedMeasurement? {
        if let plain = try? CanonicalJSON.decode(Self.self, from: Data(line.utf8)) { return plain }
        // Python writes these three as bare words, which are no JSON.
        guard line.contains("NaN") || line.contains("Infinity") else { return nil }
        let quoted = line.replacing(/:\s*(NaN|-?Infinity)/) { match in
            switch match.output.1 {
            case "NaN": ":\".nan\""
            case "Infinity": ":\".inf\""
            default: ":\"-.inf\""
            }
        }
        return try? CanonicalJSON.decode(Self.self, from: Data(quoted.utf8))
    }
}
