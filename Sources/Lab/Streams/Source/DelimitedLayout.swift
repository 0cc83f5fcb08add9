/// How the rows of one delimited file are cut: where its columns stand and on which line its posts begin.
struct DelimitedLayout {
    let format: ColumnMap.Format
    /// Which field of a post stands in which column, 0-based.
    let places: [(field: WritableKeyPath<RawPost, String?>, column: Int)]
    /// Number of fields of the header line; `nil` without one.
    let width: Int?

    /// A quoted record longer than this is taken for a forgotten quote: its first line is set aside, the next read anew.
    static let longestRecord = 1 << 20

    init(map: ColumnMap, format: ColumnMap.Format, source: String, content: UnsafeRawBufferPointer) throws {
        self.format = format
        if map.isPositional {
            width = nil
            places = try map.columns.map { field, name in
                guard name.hasPrefix("#"), let position = Int(name.dropFirst()), position >= 1 else {
                    throw StreamsError.unknownColumn(name)
                }
                return (field, position - 1)
            }
            return
        }
        let end = DelimitedLayout.endOfRecord(content, from: 0, format: format) ?? endOfLine(content, from: 0)
        let headerEnd = trimmingReturn(content, 0..<min(end, content.count))
        var header = DelimitedLayout.fields(content, 0..<headerEnd, format: format) ?? []
        if header.first?.hasPrefix("\u{FEFF}") == true { header[0].removeFirst() }
        let missing = map.columns.map(\.name).filter { !header.contains($0) }
        guard missing.isEmpty else {
            throw StreamsError.columnsDoNotFit(source: source, missing: missing, found: header)
        }
        width = header.count
        places = map.columns.compactMap { field, name in header.firstIndex(of: name).map { (field, $0) } }
    }

    func forEachRecord(of bytes: UnsafeRawBufferPointer, _ body: (SourceRecord) throws -> Void) throws {
        var position = 0
        var line = 1
        var isHeader = width != nil
        while position < bytes.count {
            let whole = DelimitedLayout.endOfRecord(bytes, from: position, format: format)
            let end = whole ?? endOfLine(bytes, from: position)
            let range = position..<trimmingReturn(bytes, position..<end)
            if isHeader {
                isHeader = false
            } else {
                let content =
                    whole == nil ? .failure(.malformed) : read(DelimitedLayout.fields(bytes, range, format: format))
                try body(SourceRecord(line: line, bytes: Array(bytes[range]), content: content))
            }
            line += 1 + bytes[position..<end].count { $0 == 0x0A }
            position = end + 1
        }
    }

    private func read(_ fields: [String]?) -> Result<RawPost, Rejection> {
        guard let fields else { return .failure(.invalidUTF8) }
        if fields == [""] { return .failure(.emptyLine) }
        guard width == nil || fields.count == width else { return .failure(.wrongFieldCount) }
        var post = RawPost()
        for (field, column) in places {
            guard column < fields.count else { return .failure(.wrongFieldCount) }
            post[keyPath: field] = fields[column].isEmpty ? nil : fields[column]
        }
        return .success(post)
    }
}
