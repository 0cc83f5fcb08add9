import Foundation
import LabNumerics

/// A zip archive whose members are stored without compression, mapped into memory: what NumPy calls `.npz`.
///
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. Reading is strict: whatever lies outside the file or
/// disagrees is an error.
struct StoredArchive: Sendable {
    private let contents: MappedFile
    private let file: String
    /// Where each member's bytes lie.
    private let members: [String: Range<Int>]

    /// - Throws: `LanguageError.badWeights`.
    init(_ url: URL) throws {
        do {
            try self.init(MappedFile(path: url.path), file: url.path)
        } catch let error as NumericsError {
            throw LanguageError.badWeights(file: url.path, reason: error.what)
        }
    }

    init(_ contents: MappedFile, file: String) throws {
        self.contents = contents
        self.file = file
        do {
            members = try Directory(contents.bytes).members()
        } catch let fault as Fault {
            throw LanguageError.badWeights(file: file, reason: fault.reason)
        }
    }

    /// The array `name`, without its `.npy`, whose element type and sides must be these.
    ///
    /// - Throws: `LanguageError.badWeights`.
    func array(_ name: String, _ type: StoredArray.ElementType, _ sides: [Int]) throws -> StoredArray {
        guard let range = members[name + ".npy"] else {
            throw LanguageError.badWeights(file: file, reason: "it has no array \(name)")
        }
        do {
            let array = try StoredArray(contents, range)
            guard array.type == type, array.sides == sides else {
                throw Fault("the array \(name) is \(array.type) \(array.sides), expected \(type) \(sides)")
            }
            return array
        } catch let fault as Fault {
            throw LanguageError.badWeights(file: file, reason: "\(fault.reason) (\(name))")
        }
    }

    /// What is wrong with the bytes.
    struct Fault: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// The list of members at the end of the file.
    private struct Directory {
        let bytes: UnsafeRawBufferPointer

        init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        func members() throws -> [String: Range<Int>] {
            let end = try endOfDirectory()
            let count = try number(end + 10, 2)
            var (place, found) = (try number(end + 16, 4), [String: Range<Int>]())
            for _ in 0..<count {
                guard try number(place, 4) == 0x0201_4B50 else { throw Fault("its list of members is damaged") }
                let (nameLength, extra, comment) = (
                    try number(place + 28, 2), try number(place + 30, 2), try number(place + 32, 2)
                )
                let name = try text(place + 46, nameLength)
                guard try number(place + 10, 2) == 0 else {
                    throw Fault("\(name) is compressed; pull the dataset, which stores it")
                }
                let size = try number(place + 24, 4)
                let start = try contents(at: number(place + 42, 4), of: name)
                guard size <= bytes.count - start else { throw Fault("\(name) ends behind the file") }
                guard found.updateValue(start..<start + size, forKey: name) == nil else {
                    throw Fault("\(name) occurs twice")
                }
                place += 46 + nameLength + extra + comment
            }
            return found
        }

        private func endOfDirectory() throws -> Int {
            // Behind it may stand a comment of up to 65,535 bytes.
            var place = bytes.count - 22
            while place >= max(0, bytes.count - 22 - 65_535) {
                if try number(place, 4) == 0x0605_4B50 { return place }
                place -= 1
            }
            throw Fault("it is no zip archive, or it is cut off")
        }

        /// Where a member's bytes begin, by the header in front of them.
        private func contents(at place: Int, of name: String) throws -> Int {
            guard try number(place, 4) == 0x0403_4B50 else { throw Fault("the header of \(name) is damaged") }
            let start = place + 30 + (try number(place + 26, 2)) + (try number(place + 28, 2))
            guard start <= bytes.count else { throw Fault("\(name) begins behind the file") }
            return start
        }

        private func text(_ place: Int, _ count: Int) throws -> String {
            guard place >= 0, count <= bytes.count - place else { throw Fault("it is cut off") }
            return String(decoding: bytes[place..<place + count], as: UTF8.self)
        }

        /// A little-endian number of `size` bytes.
        private func number(_ place: Int, _ size: Int) throws -> Int {
            guard place >= 0, size <= bytes.count - place else { throw Fault("it is cut off") }
            return (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
        }
    }
}
