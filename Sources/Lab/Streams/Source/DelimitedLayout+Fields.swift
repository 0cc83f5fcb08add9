private let quote = UInt8(ascii: "\"")
private let lineFeed: UInt8 = 0x0A

extension DelimitedLayout {
    /// The index of the line feed that ends the record, or the content's end; `nil` where a quote never closes.
    static func endOfRecord(_ bytes: UnsafeRawBufferPointer, from start: Int, format: ColumnMap.Format) -> Int? {
        let firstEnd = endOfLine(bytes, from: start)
        guard format == .csv else { return firstEnd }
        let limit = min(bytes.count, start + longestRecord)
        var inQuotes = false
        var fieldStarts = true
        var index = start
        while index < limit {
            let byte = bytes[index]
            if inQuotes {
                if byte == quote {
                    if index + 1 < bytes.count, bytes[index + 1] == quote {
                        index += 1
                    } else {
                        inQuotes = false
                    }
                }
            } else if byte == lineFeed {
                return index
            } else if byte == quote, fieldStarts {
                inQuotes = true
            }
            fieldStarts = !inQuotes && byte == UInt8(ascii: ",")
            index += 1
        }
        if inQuotes { return nil }
        return limit == bytes.count ? limit : firstEnd
    }

    /// The fields of one record, unquoted; `nil` where its bytes are not UTF-8.
    static func fields(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, format: ColumnMap.Format) -> [String]? {
        let separator = format == .csv ? UInt8(ascii: ",") : 0x09
        var fields: [String] = []
        var field: [UInt8] = []
        var inQuotes = false
        var fieldStarts = true
        var index = range.lowerBound

        while index < range.upperBound {
            let byte = bytes[index]
            if inQuotes {
                if byte != quote {
                    field.append(byte)
                } else if index + 1 < range.upperBound, bytes[index + 1] == quote {
                    field.append(quote)
                    index += 1
                } else {
                    inQuotes = false
                }
            } else if byte == separator {
                guard let text = String(validating: field, as: UTF8.self) else { return nil }
                fields.append(text)
                field.removeAll(keepingCapacity: true)
            } else if byte == quote, fieldStarts, format == .csv {
                inQuotes = true
            } else {
                field.append(byte)
            }
            fieldStarts = !inQuotes && byte == separator
            index += 1
        }
        guard let text = String(validating: field, as: UTF8.self) else { return nil }
        fields.append(text)
        return fields
    }
}
