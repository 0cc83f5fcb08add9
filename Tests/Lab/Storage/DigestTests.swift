import Foundation
import LabDomain
import Testing

@testable import LabStorage

@Suite struct DigestTests {
    /// FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func publishedVectors(text: String, digest: String) throws {
        #expect(Digest.sha256(Data(text.utf8)) == digest)
        let scratch = try Scratch()
        #expect(try Digest.sha256(file: scratch.write(text, to: "a")) == digest)
    }

    @Test func aMissingFileIsNamed() throws {
        let scratch = try Scratch()
        #expect(throws: StorageError.notFound(path: scratch.file("none").path)) {
            try Digest.sha256(file: scratch.file("none"))
        }
    }
}

@Suite struct AtomicFileTests {
    @Test func replacesAndLeavesNothingElse() throws {
        let scratch = try Scratch()
        let url = try scratch.write("old", to: "a")
        try AtomicFile.write(Data("new".utf8), to: url)
        #expect(try String(contentsOf: url, encoding: .utf8) == "new")
        #expect(scratch.contents == ["a"])
    }

    @Test func aMissingFolderIsReported() throws {
        let scratch = try Scratch()
        let url = scratch.file("none/a")
        #expect(throws: StorageError.notFound(path: url.path)) { try AtomicFile.write(Data(), to: url) }
    }

    @Test func aFolderInTheWayIsReportedAndNothingIsLeft() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(at: scratch.file("a/b"), withIntermediateDirectories: true)
        #expect(throws: StorageError.self) { try AtomicFile.write(Data("x".utf8), to: scratch.file("a")) }
        #expect(scratch.contents == ["a"])
    }

    /// A file size limit stands for a full disk: the system call fails half-way in the same manner.
    @Test func aFullDiskLeavesTheOldFileAndNothingElse() async {
        await #expect(processExitsWith: .success) {
            signal(SIGXFSZ, SIG_IGN)
            let scratch = try Scratch()
            let url = try scratch.write("old", to: "a")
            var limit = rlimit(rlim_cur: 1 << 16, rlim_max: rlim_t.max)
            setrlimit(__rlimit_resource_t(1), &limit)
            var thrown: StorageError?
            do {
                try AtomicFile.write(Data(count: 1 << 20), to: url)
            } catch let error as StorageError { thrown = error }
            precondition(thrown == .diskFull(path: url.path) && thrown?.status == .cannotCreate)
            precondition(try! String(contentsOf: url, encoding: .utf8) == "old")
            precondition(scratch.contents == ["a"])
        }
    }
}
