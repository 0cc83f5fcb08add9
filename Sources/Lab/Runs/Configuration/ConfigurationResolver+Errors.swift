import Foundation

extension ConfigurationResolver {
    /// The first setting that alone spoils the decoding, for errors whose place the decoder does not tell.
    func misfit() -> RunsError? {
        for key in places.keys.sorted() {
            let path = key.split(separator: ".").map(String.init)
            guard let given = tree[path], let place = places[key] else { continue }
            var alone = reference
            alone.set(given, at: path)
            do {
                _ = try alone.decode(as: C.self)
            } catch let error as DecodingError {
                guard case .dataCorrupted = error else { return translated(error) }
                let kind = reference[path].flatMap { $0 == .null ? nil : "\($0.kind), for example \($0.inlineYAML)" }
                return .wrongType(
                    key: key, source: place.source, line: place.line, expected: kind ?? Self.expected(by: error),
                    found: "\(given.kind) (\(given.inlineYAML))")
            } catch {
                continue
            }
        }
        return nil
    }

    func translated(_ error: DecodingError) -> RunsError {
        let expected = Self.expected(by: error)
        let path = Self.path(of: error)
        let names = path.map { $0.intValue.map(String.init) ?? $0.stringValue }
        var settingPath = names
        while !settingPath.isEmpty, places[settingPath.joined(separator: ".")] == nil { settingPath.removeLast() }
        let key = settingPath.isEmpty ? names.joined(separator: ".") : settingPath.joined(separator: ".")
        let place = places[key] ?? ("the configuration", nil)
        let found = tree[settingPath].map { "\($0.kind) (\($0.inlineYAML))" } ?? "nothing"
        return .wrongType(
            key: names.joined(separator: "."), source: place.source, line: place.line,
            expected: Self.expectation(expected, default: reference[settingPath]), found: found)
    }

    private static func expected(by error: DecodingError) -> String {
        switch error {
        case .typeMismatch(let type, _), .valueNotFound(let type, _): description(of: type)
        case .keyNotFound: "given"
        case .dataCorrupted(let context): "valid: \(context.debugDescription)"
        @unknown default: "valid"
        }
    }

    private static func path(of error: DecodingError) -> [any CodingKey] {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath
        case .keyNotFound(let key, let context): context.codingPath + [key]
        @unknown default: []
        }
    }

    private static func expectation(_ type: String, default value: ConfigurationValue?) -> String {
        guard let value, value != .null else { return type }
        return "\(type), for example \(value.inlineYAML)"
    }

    private static func description(of type: any Any.Type) -> String {
        switch type {
        case is Bool.Type: "true or false"
        case is String.Type: "a text"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is [String: Any].Type: "a mapping"
        case is [Any].Type: "a list"
        default: "a \(type)"
        }
    }
}
