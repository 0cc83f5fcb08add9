import Foundation

/// The two types of numbers in which arithmetic is done.
protocol RealElement: BinaryFloatingPoint, Sendable {
    static func power(_ base: Self, _ exponent: Self) -> Self
}

extension Float: RealElement {
    static func power(_ base: Float, _ exponent: Float) -> Float { pow(base, exponent) }
}

extension Double: RealElement {
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
}
