import LabNumerics
import LabStatistics

/// One figure of a study: every variant's values with what they say together, and how variants differ from the first.
struct FigureSummary: Sendable {
    /// A variant's values over the seeds.
    struct Variant: Sendable {
        let name: String
        /// By seed; not a number and infinities are kept here and left out of everything below.
        let values: [Double]
        /// Mean with Student's interval; the whole line below two values.
        let mean: Estimate
        let deviation: Double
        /// The mean's BCa interval; `nil` below `bootstrapSeeds` values.
        let bootstrap: Interval?
        let interquartileMean: Double
        let interquartileInterval: Interval?
        /// `nil` for the first variant.
        let comparison: Comparison?

        var excluded: Int { values.count { !$0.isFinite } }
    }

    /// A variant beside the first one under the same seeds.
    struct Comparison: Sendable {
        /// Mean of variant − first over the seeds where both are finite.
        let difference: Estimate
        let method: String
        /// Probability that a run of this variant is better than one of the first; larger where no direction is said.
        let improvement: Double
        /// Two-sided, by flipping signs.
        let pValue: Double
        /// By Holm over the variants of this figure.
        var adjusted: Double
    }

    /// From so many values on a bootstrap says something.
    static let bootstrapSeeds = 5

    let name: String
    let unit: String?
    let better: Figure.Direction?
    /// No repetition gives the same values again.
    let isMeasuredByClock: Bool
    let seeds: [UInt64]
    let variants: [Variant]

    /// - Parameter stream: makes a stream of random numbers by name.
    init(_ sample: StudySample, _ settings: StudyConfiguration, stream: (String) -> RandomStream) {
        name = sample.name
        unit = sample.unit
        better = sample.better
        isMeasuredByClock = sample.isMeasuredByClock
        seeds = sample.seeds
        var comparisons: [Comparison?] = sample.values.enumerated().map { place, values in
            guard place > 0 else { return nil }
            let stream = stream("difference/\(sample.name)/\(sample.variants[place])")
            return Self.compared(sample.values[0], values, sample.better, settings, stream)
        }
        let adjusted = SeedStatistics.holm(comparisons.map { $0?.pValue ?? .nan })
        for place in comparisons.indices { comparisons[place]?.adjusted = adjusted[place] }
        variants = sample.values.enumerated().map { place, values in
            let variant = sample.variants[place]
            let stream = stream("mean/\(sample.name)/\(variant)")
            return Self.summary(variant, values, settings, comparisons[place], stream)
        }
    }

    private static func summary(
        _ name: String, _ values: [Double], _ settings: StudyConfiguration, _ comparison: Comparison?,
        _ stream: RandomStream
    ) -> Variant {
        let finite = values.filter(\.isFinite)
        let enough = finite.count >= bootstrapSeeds
        return Variant(
            name: name, values: values, mean: meanInterval(finite, level: settings.level),
            deviation: standardDeviation(finite),
            bootstrap: enough
                ? Bootstrap.mean(
                    finite, resamples: settings.resamples, level: settings.level, method: .bca, stream: stream
                ).interval
                : nil,
            interquartileMean: SeedStatistics.interquartileMean(finite),
            interquartileInterval: enough
                ? Bootstrap.percentile(
                    count: finite.count, resamples: settings.resamples, level: settings.level,
                    stream: stream.child("iqm")
                ) { places in SeedStatistics.interquartileMean(places.map { finite[$0] }) }.interval
                : nil,
            comparison: comparison)
    }

    private static func compared(
        _ first: [Double], _ values: [Double], _ better: Figure.Direction?, _ settings: StudyConfiguration,
        _ stream: RandomStream
    ) -> Comparison {
        let pairs = zip(first, values).filter { $0.isFinite && $1.isFinite }
        let differences = pairs.map { $1 - $0 }
        let enough = differences.count >= bootstrapSeeds
        let improvement = SeedStatistics.probabilityOfImprovement(
            first.filter(\.isFinite), values.filter(\.isFinite))
        return Comparison(
            difference: enough
                ? Bootstrap.mean(
                    differences, resamples: settings.resamples, level: settings.level, method: .bca, stream: stream)
                : meanInterval(differences, level: settings.level),
            method: enough ? "BCa" : "paired t",
            improvement: better == .lower ? 1 - improvement : improvement,
            pValue: SeedStatistics.signFlip(differences, stream: stream.child("signs")), adjusted: .nan)
    }

    /// What the study's evaluation says of this figure.
    var figures: [Figure] {
        variants.flatMap { variant -> [Figure] in
            let name = variants.count == 1 ? name : "\(name) [\(variant.name)]"
            func figure(_ name: String, _ estimate: Estimate, _ better: Figure.Direction?) -> Figure {
                let known = estimate.interval.lower.isFinite && estimate.interval.upper.isFinite
                return Figure(
                    name, estimate.value, interval: known ? estimate.interval : nil, unit: unit,
                    count: estimate.count, better: better)
            }
            let mean = figure(name, variant.mean, better)
            guard let comparison = variant.comparison else { return [mean] }
            return [mean, figure("\(name) difference", comparison.difference, better)]
        }
    }
}
