/// A token that is found in the text before it is cut into words, such as `[SEP]` or `<mask>`.
struct AddedToken: Sendable, Equatable {
    var content: [UInt8]
    var id: Int32
    /// Only where no letter or digit stands beside it.
    var singleWord = false
    /// Takes the white space before it along.
    var leftStrip = false
    /// Takes the white space behind it along.
    var rightStrip = false
    /// Looked for in the normalised text, in its own normalised form.
    var normalised = false
}
