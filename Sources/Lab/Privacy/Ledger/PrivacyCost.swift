/// What a release costs, or what may be spent: (ε, δ), added up by basic composition.
///
/// Kept in integers, so that sums are exact: ε in billionths, δ in 10⁻¹⁸.
public struct PrivacyCost: Hashable, Sendable, Codable {
    /// Billionths of ε.
    public let epsilonNano: Int64
    /// 10⁻¹⁸ of δ.
    public let deltaAtto: Int64

    init(epsilonNano: Int64, deltaAtto: Int64) {
        self.epsilonNano = epsilonNano
        self.deltaAtto = deltaAtto
    }

    /// Rounds up, as a cost must never be understated.
    ///
    /// Throws `PrivacyError.parameter` for ε outside of 0 … 1,000 or δ outside of 0 ..< 1.
    public init(epsilon: Double, delta: Double = 0) throws {
        guard epsilon >= 0, epsilon <= 1000 else {
            throw PrivacyError.parameter("epsilon", "\(epsilon)", needs: "0 to 1000")
        }
        guard delta >= 0, delta < 1 else { throw PrivacyError.parameter("delta", "\(delta)", needs: "0 up to below 1") }
        // What is written with nine digits or fewer is exact; the rest goes up.
        let nano = epsilon * 1e9
        let nearest = nano.rounded()
        epsilonNano = Int64(nearest / 1e9 == epsilon ? nearest : nano.rounded(.up))
        deltaAtto = Int64((delta * 1e18).rounded(.up))
    }

    public static let zero = PrivacyCost(epsilonNano: 0, deltaAtto: 0)

    public var epsilon: Double { Double(epsilonNano) / 1e9 }
    public var delta: Double { Double(deltaAtto) / 1e18 }

    static func + (left: PrivacyCost, right: PrivacyCost) -> PrivacyCost {
        let epsilon = left.epsilonNano.addingReportingOverflow(right.epsilonNano)
        let delta = left.deltaAtto.addingReportingOverflow(right.deltaAtto)
        // Saturated: far beyond any budget, so the charge that leads there is refused.
        return PrivacyCost(
            epsilonNano: epsilon.overflow ? .max : epsilon.partialValue,
            deltaAtto: delta.overflow ? .max : delta.partialValue)
    }

    /// Whether it can be paid from `budget`.
    func fits(_ budget: PrivacyCost) -> Bool {
        epsilonNano <= budget.epsilonNano && deltaAtto <= budget.deltaAtto
    }
}

/// What a population's budget is, and what of it is spent.
public struct PrivacyBalance: Hashable, Sendable, Codable {
    public let budget: PrivacyCost
    public let spent: PrivacyCost

    public var remaining: PrivacyCost {
        PrivacyCost(
            epsilonNano: max(0, budget.epsilonNano - spent.epsilonNano),
            deltaAtto: max(0, budget.deltaAtto - spent.deltaAtto))
    }
}
