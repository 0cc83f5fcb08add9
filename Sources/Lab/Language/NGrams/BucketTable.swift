/// Weights of all buckets: one row a bucket, its classes side by side, rows on cache lines.
///
/// Rows are padded to four numbers, or to a multiple of eight: whole vectors. Nothing changes the numbers once the table is
/// in a model.
final class BucketTable: @unchecked Sendable {
    let buckets: Int
    let classes: Int
    /// Numbers of one row: 4 for up to four classes, else the next multiple of 8.
    let stride: Int
    let rows: UnsafeMutablePointer<Float>

    init(buckets: Int, classes: Int) {
        self.buckets = buckets
        self.classes = classes
        stride = Self.stride(classes)
        rows = UnsafeMutableRawPointer.allocate(byteCount: max(64, buckets * stride * 4), alignment: 64)
            .bindMemory(to: Float.self, capacity: buckets * stride)
        rows.initialize(repeating: 0, count: buckets * stride)
    }

    deinit { UnsafeMutableRawPointer(rows).deallocate() }

    static func stride(_ classes: Int) -> Int { classes <= 4 ? 4 : (classes + 7) / 8 * 8 }

    /// The sum of the rows at `places`, written to `sum`, [stride].
    @inline(__always)
    func sum(_ places: UnsafePointer<UInt32>, _ count: Int, to sum: UnsafeMutablePointer<Float>) {
        let raw = UnsafeRawPointer(rows)
        let out = UnsafeMutableRawPointer(sum)
        if stride == 4 {
            // Two sums, so that an addition does not wait for the one before.
            var (first, second) = (SIMD4<Float>(), SIMD4<Float>())
            var index = 0
            while index + 2 <= count {
                first += raw.load(fromByteOffset: Int(places[index]) &* 16, as: SIMD4<Float>.self)
                second += raw.load(fromByteOffset: Int(places[index + 1]) &* 16, as: SIMD4<Float>.self)
                index += 2
            }
            if index < count { first += raw.load(fromByteOffset: Int(places[index]) &* 16, as: SIMD4<Float>.self) }
            out.storeBytes(of: first + second, as: SIMD4<Float>.self)
            return
        }
        var column = 0
        while column < stride {
            // Up to 24 classes at a time: what registers hold.
            switch stride - column {
            case 8:
                block(places, count, raw + 4 * column, out + 4 * column, vectors: 1)
                column += 8
            case 16:
                block(places, count, raw + 4 * column, out + 4 * column, vectors: 2)
                column += 16
            default:
                block(places, count, raw + 4 * column, out + 4 * column, vectors: 3)
                column += 24
            }
        }
    }

    @inline(__always)
    private func block(
        _ places: UnsafePointer<UInt32>, _ count: Int, _ rows: UnsafeRawPointer, _ out: UnsafeMutableRawPointer,
        vectors: Int
    ) {
        var (first, second, third) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
        let bytes = stride &* 4
        for index in 0..<count {
            let row = rows + Int(places[index]) &* bytes
            first += row.load(as: SIMD8<Float>.self)
            if vectors > 1 { second += row.load(fromByteOffset: 32, as: SIMD8<Float>.self) }
            if vectors > 2 { third += row.load(fromByteOffset: 64, as: SIMD8<Float>.self) }
        }
        out.storeBytes(of: first, as: SIMD8<Float>.self)
        if vectors > 1 { out.storeBytes(of: second, toByteOffset: 32, as: SIMD8<Float>.self) }
        if vectors > 2 { out.storeBytes(of: third, toByteOffset: 64, as: SIMD8<Float>.self) }
    }
}
