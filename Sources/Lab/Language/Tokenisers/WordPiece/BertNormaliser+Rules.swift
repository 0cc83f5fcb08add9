import Foundation

extension BertNormaliser {
    /// Says what the normalisation makes of a single character.
    struct RuleBuilder {
        let settings: Settings

        private var stripsAccents: Bool { settings.stripsAccents ?? settings.lowercases }

        /// The rule for `scalar`, and the bytes it refers to, which are to stand at `offset`.
        func rule(for scalar: Unicode.Scalar, offset: Int) -> (Rule, [UInt8]) {
            if settings.cleansText {
                if scalar.value == 0 || scalar.value == 0xFFFD { return (Rule(.drop), []) }
                if scalar.value != 9, scalar.value != 10, scalar.value != 13, UnicodeCategories.isOther(scalar) {
                    return (Rule(.drop), [])
                }
                if scalar.properties.isWhitespace { return replace([0x20], scalar, offset) }
            }
            let spaced = settings.spacesIdeographs && RuleBuilder.isIdeograph(scalar)
            let kept = decomposed(scalar)
            if kept.isEmpty {
                return (Rule(scalar.properties.canonicalCombiningClass == .notReordered ? .dropStarter : .drop), [])
            }
            if stripsAccents, kept.contains(where: { RuleBuilder.order($0) != 0 }) { return (Rule(.reorder), []) }
            var bytes: [UInt8] = spaced ? [0x20] : []
            for scalar in kept { bytes += lowercased(scalar) }
            if spaced { bytes.append(0x20) }
            return replace(bytes, scalar, offset)
        }

        private func replace(_ bytes: [UInt8], _ scalar: Unicode.Scalar, _ offset: Int) -> (Rule, [UInt8]) {
            if bytes.elementsEqual(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) { return (Rule(.keep), []) }
            return (Rule(.replace, length: bytes.count, offset: offset), bytes)
        }

        /// The scalars that stay of `scalar`'s decomposition.
        func decomposed(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
            guard stripsAccents else { return [scalar] }
            return RuleBuilder.canonical(scalar).filter { !UnicodeCategories.isNonspacingMark($0) }
        }

        func lowercased(_ scalar: Unicode.Scalar) -> [UInt8] {
            Array((settings.lowercases ? scalar.properties.lowercaseMapping : String(scalar)).utf8)
        }

        /// The canonical combining class; 0 also for what `tokenizers` does not know.
        static func order(_ scalar: Unicode.Scalar) -> UInt8 {
            UnicodeCategories.isNormalised(scalar) ? scalar.properties.canonicalCombiningClass.rawValue : 0
        }

        private static func canonical(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
            switch scalar.value {
            // No letter of ASCII, unified ideograph or private character has a decomposition.
            case ..<0xC0, 0x3400...0xABFF, 0xE000...0xF8FF, 0x30000...: return [scalar]
            default: break
            }
            guard UnicodeCategories.isNormalised(scalar) else { return [scalar] }
            return Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
        }

        /// What `tokenizers` calls a Chinese character.
        static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
                0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
                true
            default: false
            }
        }
    }
}
