/// Functions from which distributions are made, to about 1e-13 of their value.
///
/// Incomplete functions come as the pair of both tails, so that neither loses digits. Outside a function's domain the
/// result is not a number.
public enum SpecialFunctions {}
