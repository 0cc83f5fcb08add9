import Foundation
import Testing

@testable import LabStorage

@Suite struct HDF5FileTests {
    @Test func everyKindOfElementComesBack() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let file = try HDF5File.create(url)
        try file.write("/numbers/float", [1.5, -2, .infinity] as [Float])
        try file.write("/numbers/double", [1.0 / 3, -0.0, 1e300])
        try file.write("/numbers/int32", [Int32.min, 0, Int32.max])
        try file.write("/numbers/int64", [Int64.min, 0, Int64.max])
        try file.write("/numbers/uint8", [0, 128, 255] as [UInt8])
        try file.write("/flags", [true, false, true])
        try file.write("/texts", ["", "größer", "日本語 😀"])
        try file.write("/scalar", [42.0], shape: [])
        try file.write("/matrix", (0..<6).map { Float($0) }, shape: [2, 3])
        try file.write("/empty", [] as [Float], shape: [0, 3])
        try file.close()

        let back = try HDF5File.open(url)
        #expect(try back.read("/numbers/float", as: Float.self) == [1.5, -2, .infinity])
        #expect(
            try back.read("/numbers/double", as: Double.self).map(\.bitPattern)
                == [1.0 / 3, -0.0, 1e300].map(\.bitPattern))
        #expect(try back.read("/numbers/int32", as: Int32.self) == [Int32.min, 0, Int32.max])
        #expect(try back.read("/numbers/int64", as: Int64.self) == [Int64.min, 0, Int64.max])
        #expect(try back.read("/numbers/uint8", as: UInt8.self) == [0, 128, 255])
        #expect(try back.read("/flags", as: Bool.self) == [true, false, true])
        #expect(try back.read("/texts", as: String.self) == ["", "größer", "日本語 😀"])
        #expect(try back.read("/scalar", as: Double.self) == [42])
        #expect(try back.shape(of: "/scalar").isEmpty)
        #expect(try back.shape(of: "/matrix") == [2, 3])
        #expect(try back.read("/matrix", as: Double.self, rows: 1..<2) == [3, 4, 5])
        #expect(try back.read("/empty", as: Float.self).isEmpty)
        #expect(try back.list() == ["empty", "flags", "matrix", "numbers", "scalar", "texts"])
        #expect(try back.list("/numbers") == ["double", "float", "int32", "int64", "uint8"])
    }

    @Test func attributesComeBack() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let file = try HDF5File.create(url)
        try file.makeGroup("/g")
        let values: [(String, HDF5Attribute)] = [
            ("text", "größer"), ("empty", ""), ("integer", -7), ("double", 0.1), ("flag", true),
            ("integers", .integers([1, 2])), ("doubles", .doubles([0.5])), ("texts", .strings(["a", "bc"])),
        ]
        for (name, value) in values { try file.setAttribute(name, value, on: "/g") }
        try file.setAttribute("text", "replaced", on: "/g")
        try file.setAttribute("text", "größer", on: "/g")
        try file.close()
        let back = try HDF5File.open(url)
        for (name, value) in values { #expect(try back.attribute(name, on: "/g") == value) }
        #expect(throws: StorageError.self) { try back.attribute("none", on: "/g") }
        #expect(try !back.hasAttribute("none"))
    }

    @Test func equalContentGivesEqualBytes() throws {
        let scratch = try Scratch()
        func make(_ name: String) throws -> Data {
            let file = try HDF5File.create(scratch.file(name))
            try file.write("/a/b", [1, 2, 3] as [Float], compression: .deflate(level: 4))
            try file.write("/a/c", ["x", "yz"])
            try file.setAttribute("unit", "1", on: "/a/b")
            try file.close()
            return try Data(contentsOf: scratch.file(name))
        }
        let first = try make("1.h5")
        // Time stamps have a resolution of one second.
        Thread.sleep(forTimeInterval: 1.1)
        #expect(try make("2.h5") == first)
    }

    /// A child process that was made meanwhile holds a copy of the descriptor, and would hold a lock with it.
    @Test func aFinishedFileOpensWhileACopyOfItsDescriptorIsHeld() throws {
        let scratch = try Scratch()
        let url = scratch.file("grown.h5")
        let file = try HDF5File.createOnDisk(url)
        try file.write("/x", [1.0, 2])
        let folder = url.deletingLastPathComponent()
        let partial = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".partial") })
        var wanted = stat()
        #expect(stat(folder.appending(path: partial).path, &wanted) == 0)
        let copies = (0..<Int32(min(65_536, sysconf(Int32(_SC_OPEN_MAX))))).compactMap { descriptor in
            var found = stat()
            guard fstat(descriptor, &found) == 0, found.st_ino == wanted.st_ino, found.st_dev == wanted.st_dev else {
                return nil as Int32?
            }
            return dup(descriptor)
        }
        defer { for copy in copies { close(copy) } }
        #expect(!copies.isEmpty)
        try file.close()
        #expect(try HDF5File.open(url).read("/x", as: Double.self) == [1, 2])
    }

    @Test func nothingIsThereBeforeClose() throws {
        let scratch = try Scratch()
        let file = try HDF5File.create(scratch.file("a.h5"))
        try file.write("/a", [1] as [Float])
        #expect(scratch.contents.isEmpty)
        try file.close()
        #expect(scratch.contents == ["a.h5"])
        #expect(throws: StorageError.closed(path: scratch.file("a.h5").path)) { try file.write("/b", [1] as [Float]) }
        let dropped = try HDF5File.create(scratch.file("b.h5"))
        dropped.discard()
        #expect(scratch.contents == ["a.h5"])
    }

    @Test func wrongUseIsExplained() throws {
        let scratch = try Scratch()
        let url = scratch.file("a.h5")
        let file = try HDF5File.create(url)
        try file.write("/observations", [1, 2] as [Float])
        #expect(throws: StorageError.self) { try file.write("/bad", [1, 2, 3] as [Float], shape: [2, 2]) }
        #expect(throws: StorageError.self) { try file.write("/observations", [1] as [Float]) }
        try file.close()
        let back = try HDF5File.open(url)
        #expect(
            throws: StorageError.noSuchObject(file: url.path, name: "/observation", nearest: "observations")
        ) { try back.read("/observation", as: Float.self) }
        #expect(
            throws: StorageError.wrongType(file: url.path, name: "/observations", wanted: "int32", found: "float32")
        ) { try back.read("/observations", as: Int32.self) }
        #expect(throws: StorageError.self) { try back.read("/observations", as: Float.self, rows: 1..<3) }
        #expect(throws: StorageError.self) { try back.write("/new", [1] as [Float]) }
        #expect(throws: StorageError.notFound(path: scratch.file("none.h5").path)) {
            try HDF5File.open(scratch.file("none.h5"))
        }
        #expect(throws: StorageError.self) { try HDF5File.open(scratch.write("no HDF5", to: "text.h5")) }
        #expect(throws: StorageError.self) { try HDF5File.open(scratch.write("", to: "empty.h5")) }
    }
}
