/// Loops over contiguous memory as vector code, and sums with a fixed order of addition.
///
/// Where a kernel reads and writes, input and output are the same memory or do not overlap at all. A function of more
/// than a few instructions must be declared `@inline(__always)` and handed over by name, since the compiler calls
/// closures of that size instead of inlining them.
enum Kernels {
    typealias Input = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    /// out[i] = function(x[i]).
    @inline(__always)
    static func map(_ x: Input, _ out: Output, _ count: Int, _ function: (Lanes) -> Lanes) {
        guard count > 0 else { return }
        // What is left at the end is done as the last eight, part of them for the second time. They are loaded first,
        // so that this is right in place too.
        let last = loadLast(x, count)
        var place = 0
        while place &+ 8 < count {
            store(function(load(x + place)), out + place)
            place &+= 8
        }
        storeLast(function(last), out, count)
    }

    /// out[i] = function(x[i], y[i]).
    @inline(__always)
    static func map(_ x: Input, _ y: Input, _ out: Output, _ count: Int, _ function: (Lanes, Lanes) -> Lanes) {
        guard count > 0 else { return }
        let last = (loadLast(x, count), loadLast(y, count))
        var place = 0
        while place &+ 8 < count {
            store(function(load(x + place), load(y + place)), out + place)
            place &+= 8
        }
        storeLast(function(last.0, last.1), out, count)
    }

    /// out[i] = function(x[i], y[i], z[i]).
    @inline(__always)
    static func map(
        _ x: Input, _ y: Input, _ z: Input, _ out: Output, _ count: Int, _ function: (Lanes, Lanes, Lanes) -> Lanes
    ) {
        guard count > 0 else { return }
        let last = (loadLast(x, count), loadLast(y, count), loadLast(z, count))
        var place = 0
        while place &+ 8 < count {
            store(function(load(x + place), load(y + place), load(z + place)), out + place)
            place &+= 8
        }
        storeLast(function(last.0, last.1, last.2), out, count)
    }

    /// out[i] = function(x[i], y[i], z[i], w[i]).
    @inline(__always)
    static func map(
        _ x: Input, _ y: Input, _ z: Input, _ w: Input, _ out: Output, _ count: Int,
        _ function: (Lanes, Lanes, Lanes, Lanes) -> Lanes
    ) {
        guard count > 0 else { return }
        let last = (loadLast(x, count), loadLast(y, count), loadLast(z, count), loadLast(w, count))
        var place = 0
        while place &+ 8 < count {
            store(
                function(load(x + place), load(y + place), load(z + place), load(w + place)), out + place)
            place &+= 8
        }
        storeLast(function(last.0, last.1, last.2, last.3), out, count)
    }

    /// out[i] += factor · x[i].
    static func add(_ x: Input, times factor: Float, to out: Output, _ count: Int) {
        Elementwise.add(x, times: factor, to: out, count)
    }

    @inline(__always)
    static func load(_ pointer: Input) -> Lanes { UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self) }

    @inline(__always)
    static func store(_ lanes: Lanes, _ pointer: Output) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: Lanes.self)
    }

    /// The last eight numbers, or all of fewer.
    @inline(__always)
    static func loadLast(_ x: Input, _ count: Int) -> Lanes { count >= 8 ? load(x + (count &- 8)) : loadFew(x, count) }

    @inline(__always)
    static func storeLast(_ lanes: Lanes, _ out: Output, _ count: Int) {
        if count >= 8 { store(lanes, out + (count &- 8)) } else { storeFew(lanes, out, count) }
    }

    @inline(never)
    private static func loadFew(_ x: Input, _ count: Int) -> Lanes {
        var lanes = Lanes()
        for lane in 0..<count { lanes[lane] = x[lane] }
        return lanes
    }

    @inline(never)
    private static func storeFew(_ lanes: Lanes, _ out: Output, _ count: Int) {
        for lane in 0..<count { out[lane] = lanes[lane] }
    }
}
