/// How a tree is written: HTML knows void elements, XML closes every element.
public enum MarkupSyntax: Sendable {
    case html
    case xml
}

extension Markup {
    /// The text of the tree. The same tree gives the same bytes.
    public func written(as syntax: MarkupSyntax) -> String {
        var output = ""
        write(to: &output, syntax)
        return output
    }

    private static let voidElements: Set<String> = ["br", "col", "hr", "meta", "link", "img", "wbr"]

    private func write(to output: inout String, _ syntax: MarkupSyntax) {
        switch self {
        case .text(let text):
            output += Markup.escaped(text)
        case .group(let children):
            for child in children { child.write(to: &output, syntax) }
        case .style(let sheet):
            output += "<style>\(sheet.content)</style>"
        case .element(let name, let attributes, let children):
            output += "<\(name)"
            for attribute in attributes {
                output += " \(attribute.name)=\"\(Markup.escaped(attribute.value))\""
            }
            if children.isEmpty, syntax == .xml {
                output += "/>"
                return
            }
            output += ">"
            if syntax == .html, Markup.voidElements.contains(name) { return }
            for child in children { child.write(to: &output, syntax) }
            output += "</\(name)>"
        }
    }

    /// Text made safe for element content and for quoted attribute values, in HTML and in XML.
    ///
    /// Characters that XML 1.0 forbids (section 2.2) become U+FFFD: they may not appear even as references.
    public static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += "\u{FFFD}"
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
