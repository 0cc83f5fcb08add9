/// A customer as every stage knows them: a keyed pseudonym, never a raw identifier.
///
/// Made by `LabPrivacy` from a source's own identifier and the data owner's key; equal pseudonyms mean the same
/// customer only inside one data owner.
public struct CustomerID: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// Lower-case hexadecimal digits.
    public let rawValue: String

    /// Takes a pseudonym that was made before; it does not make one.
    public init(rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }

    public static func < (left: CustomerID, right: CustomerID) -> Bool { left.rawValue < right.rawValue }
}
