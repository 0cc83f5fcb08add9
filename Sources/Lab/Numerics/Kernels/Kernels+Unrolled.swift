extension Kernels {
    /// `map` of a function of few instructions, 32 numbers at a time, so that the loop itself costs little.
    @inline(__always)
    static func mapCheaply(_ x: Input, _ out: Output, _ count: Int, _ function: (Lanes) -> Lanes) {
        let whole = max(0, count &- 8) & ~31
        let rest = count &- whole
        let last = loadLast(x + whole, rest)
        var place = 0
        while place < whole {
            let (first, second) = (function(load(x + place)), function(load(x + (place &+ 8))))
            let (third, fourth) = (function(load(x + (place &+ 16))), function(load(x + (place &+ 24))))
            store(first, out + place)
            store(second, out + (place &+ 8))
            store(third, out + (place &+ 16))
            store(fourth, out + (place &+ 24))
            place &+= 32
        }
        while place &+ 8 < count {
            store(function(load(x + place)), out + place)
            place &+= 8
        }
        if rest > 0 { storeLast(function(last), out + whole, rest) }
    }

    /// The same of two inputs.
    @inline(__always)
    static func mapCheaply(
        _ x: Input, _ y: Input, _ out: Output, _ count: Int, _ function: (Lanes, Lanes) -> Lanes
    ) {
        let whole = max(0, count &- 8) & ~31
        let rest = count &- whole
        let last = (loadLast(x + whole, rest), loadLast(y + whole, rest))
        var place = 0
        while place < whole {
            let first = function(load(x + place), load(y + place))
            let second = function(load(x + (place &+ 8)), load(y + (place &+ 8)))
            let third = function(load(x + (place &+ 16)), load(y + (place &+ 16)))
            let fourth = function(load(x + (place &+ 24)), load(y + (place &+ 24)))
            store(first, out + place)
            store(second, out + (place &+ 8))
            store(third, out + (place &+ 16))
            store(fourth, out + (place &+ 24))
            place &+= 32
        }
        while place &+ 8 < count {
            store(function(load(x + place), load(y + place)), out + place)
            place &+= 8
        }
        if rest > 0 { storeLast(function(last.0, last.1), out + whole, rest) }
    }
}
