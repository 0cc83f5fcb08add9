import Foundation
import Testing

@testable import LabNumerics

/// An operation of the tape beside its definition in Double.
struct OperationCheck: Sendable, CustomTestStringConvertible {
    let name: String
    /// Of its inputs.
    let shapes: [(Int, Int)]
    let operation: @Sendable (Tape, [Variable]) -> Variable
    let reference: @Sendable ([Reference]) -> Reference
    /// Of the random inputs.
    let scale: Float

    init(
        _ name: String, _ shapes: [(Int, Int)], scale: Float = 1.5,
        _ operation: @escaping @Sendable (Tape, [Variable]) -> Variable,
        reference: @escaping @Sendable ([Reference]) -> Reference
    ) {
        self.name = name
        self.shapes = shapes
        self.scale = scale
        self.operation = operation
        self.reference = reference
    }

    var testDescription: String { "\(name) \(shapes)" }

    /// Records the operation twice in a row on `tape`; gives value, gradients and the names of what was recorded.
    func results(on tape: Tape) -> (numbers: [Matrix], names: Set<String>) {
        tape.reset()
        var stream = RandomStream(seed: 23, name: name)
        let inputs = shapes.map { rows, columns in
            var matrix = Matrix(rows: rows, columns: columns)
            stream.fillNormal(&matrix.elements)
            return tape.parameter(matrix)
        }
        let output = operation(tape, inputs)
        let names = Set((0..<tape.length).compactMap { Self.name(of: tape.nodes[$0]) })
        tape.backward(from: tape.sum(tape.square(output)))
        return ([tape.value(of: output)] + tape.gradients(of: inputs), names)
    }

    /// "Type" or "Type.kind" of a recorded operation.
    private static func name(of node: Tape.Node) -> String? {
        guard let type = node.operation, let place = node.place else { return nil }
        func describe(_ type: (some LabNumerics.Operation).Type) -> String {
            let kind = Mirror(reflecting: place.load(as: type)).descendant("kind")
            // Only a `Kind` of its own, which the sources name beside it.
            let isOwn = kind.map { String(reflecting: Swift.type(of: $0)) == "\(String(reflecting: type)).Kind" }
            return String(describing: type) + (isOwn == true ? kind.map { ".\($0)" } ?? "" : "")
        }
        return describe(type)
    }
}

/// Every operation of the tape against finite differences. An operation without a check here fails the last test: add an
/// `OperationCheck` to a list in a file `OperationTable+….swift` and the list to `checks`.
@Suite struct OperationTable {
    static let checks =
        OperationCheck.elementwise + OperationCheck.products + OperationCheck.rows + OperationCheck.shapes
        + OperationCheck.losses + OperationCheck.layerOperations + OperationCheck.sequenceOperations

    @Test(arguments: checks) func valueAndGradients(check: OperationCheck) {
        checkGradients(check.shapes, scale: check.scale, tape: check.operation, reference: check.reference)
    }

    /// Bit for bit, on a fresh tape and on one whose memory holds remains of other work.
    @Test func everyOperationIsTheSameAgain() {
        let used = Tape()
        for check in Self.checks {
            let fresh = check.results(on: Tape()).numbers
            #expect(check.results(on: used).numbers == fresh, "\(check.name)")
            #expect(check.results(on: used).numbers == fresh, "\(check.name)")
        }
    }

    @Test func everyOperationIsInTheTable() throws {
        let tape = Tape()
        let checked = Self.checks.reduce(into: Set<String>()) { $0.formUnion($1.results(on: tape).names) }
        let written = try Self.operationsInTheSources()
        #expect(written.count > 10 && written.contains("Pairwise.product") && written.contains("MatrixProduct"))
        #expect(written.subtracting(checked).sorted() == [], "these operations have no check")
        #expect(checked.subtracting(written).sorted() == [])
    }

    /// The names of all structs that conform to `Operation`, one for each case of their `Kind` where they have one.
    static func operationsInTheSources() throws -> Set<String> {
        var folder = URL(filePath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        folder.append(path: "Sources/Lab/Numerics")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var names: Set<String> = []
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .filter { !$0.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
            for part in code.split(separator: "struct ").dropFirst(code.hasPrefix("struct ") ? 0 : 1) {
                guard let (_, name) = part.prefixMatch(of: /(\w+): Operation\b/)?.output else { continue }
                guard let (_, cases) = part.firstMatch(of: /enum Kind: CaseIterable \{\s*case ([^}]*)\}/)?.output else {
                    names.insert(String(name))
                    continue
                }
                for kind in cases.split(separator: ",") {
                    names.insert("\(name).\(kind.trimmingCharacters(in: .whitespacesAndNewlines))")
                }
            }
        }
        return names
    }
}
