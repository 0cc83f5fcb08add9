extension SafetensorsFile {
    /// The elements of an F32, F16 or BF16 tensor as 32-bit numbers, row-major; each 16-bit number is one of those exactly.
    ///
    /// - Throws: `NumericsError.missingTensor`, `NumericsError.unexpectedTensor` for another type.
    public func floats(_ name: String) throws -> [Float] {
        let entry = try entry(name)
        switch entry.type {
        case .float32: return try elements(name)
        case .bfloat16: return halves(of: entry) { Float(bitPattern: UInt32($0) << 16) }
        case .float16: return halves(of: entry, Self.float(ofHalf:))
        default:
            throw NumericsError.unexpectedTensor(
                name: name, expected: "F32, F16 or BF16", found: entry.type.rawValue)
        }
    }

    private func halves(of entry: Entry, _ number: (UInt16) -> Float) -> [Float] {
        let source = bytes(of: entry)
        return (0..<source.count / 2).map { index in
            number(UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
        }
    }

    /// The number of the IEEE 754 binary16 with these bits.
    private static func float(ofHalf bits: UInt16) -> Float {
        let sign: Float = bits & 0x8000 == 0 ? 1 : -1
        let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Float(bits & 0x3FF) * 0x1p-10)
        switch exponent {
        case 0: return sign * fraction * 0x1p-14
        case 0x1F: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1 + fraction) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    }
}
