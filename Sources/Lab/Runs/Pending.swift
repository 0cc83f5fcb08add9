// A stand-in until the numeric profile arrives.
struct NumericProfile: Codable {
    static func current() -> NumericProfile { NumericProfile() }
}
