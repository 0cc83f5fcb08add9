import Foundation
import Testing

@testable import LabStorage

@Suite struct HDF5LayoutTests {
    @Test func compressionMakesSmallerAndLosesNothing() throws {
        let scratch = try Scratch()
        let values = (0..<100_000).map { Float($0 / 100) }
        for (name, compression) in [("plain", HDF5Compression.none), ("small", .deflate(level: 6))] {
            let file = try HDF5File.create(scratch.file(name))
            try file.write("/a", values, shape: [1000, 100], compression: compression)
            try file.close()
        }
        let plain = try Data(contentsOf: scratch.file("plain")).count
        let small = try Data(contentsOf: scratch.file("small")).count
        #expect(small * 20 < plain)
        let file = try HDF5File.open(scratch.file("small"))
        #expect(try file.read("/a", as: Float.self) == values)
        #expect(try file.read("/a", as: Float.self, rows: 998..<1000) == Array(values.suffix(200)))
    }

    @Test func aDatasetGrows() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let file = try HDF5File.create(url)
        try file.makeExtensible("/log/x", of: Float.self, rowShape: [2], chunkRows: 3, compression: .deflate(level: 4))
        try file.makeExtensible("/log/names", of: String.self, textWidth: 4)
        try file.append("/log/x", [1, 2, 3, 4] as [Float])
        try file.append("/log/names", ["a", "bcde"])
        #expect(throws: StorageError.self) { try file.append("/log/x", [1] as [Float]) }
        #expect(throws: StorageError.self) { try file.append("/log/x", [1, 2]) }
        #expect(throws: StorageError.self) { try file.append("/log/names", ["too long"]) }
        try file.close()
        let again = try HDF5File.update(url)
        try again.append("/log/x", (5...12).map { Float($0) })
        try again.close()
        let back = try HDF5File.open(url)
        #expect(try back.shape(of: "/log/x") == [6, 2])
        #expect(try back.read("/log/x", as: Float.self) == (1...12).map { Float($0) })
        #expect(try back.read("/log/names", as: String.self) == ["a", "bcde"])
    }
}

@Suite struct HDF5DamageTests {
    private func sample(_ url: URL, sealed: Bool) throws {
        let file = try HDF5File.create(url, sealed: sealed)
        try file.write("/group/floats", (0..<300).map { Float($0) }, shape: [30, 10], compression: .deflate(level: 4))
        try file.write("/group/texts", ["a", "bc", "def"])
        try file.write("/flags", [true, false])
        try file.setAttribute("unit", "seconds", on: "/group/floats")
        try file.close()
    }

    /// Reads all there is, as a program would that trusts nothing.
    private func readEverything(_ url: URL) throws {
        let file = try HDF5File.open(url)
        defer { file.discard() }
        for name in try file.list("/group") { _ = try file.read(any: "/group/\(name)") }
        _ = try file.read("/flags", as: Bool.self)
        _ = try file.attribute("unit", on: "/group/floats")
    }

    /// Any single changed byte and any cut of a file of ours is found before the library sees it.
    @Test func everySpoiledFileIsRefused() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        try sample(url, sealed: true)
        try readEverything(url)
        let bytes = try Data(contentsOf: url)
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for trial in 0..<400 {
            var spoiled = bytes
            if trial % 4 == 0 {
                spoiled = bytes.prefix(random(bytes.count))
            } else {
                for _ in 0...(trial % 3) { spoiled[random(bytes.count)] ^= UInt8(1 + random(255)) }
            }
            guard spoiled != bytes else { continue }
            try spoiled.write(to: url)
            #expect {
                try readEverything(url)
            } throws: { error in
                if case StorageError.damaged = error { true } else { false }
            }
        }
    }
}
