import Foundation
import LabStorage
import Testing

@testable import LabWorkbench

/// A folder of its own for one test, removed when the test lets go of it.
final class DataScratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("lab-data-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func write(_ text: String, to path: String) throws -> URL {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }

    func contents(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: url.appendingPathComponent(path).path)) ?? []).sorted()
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

@Suite struct DatasetPullerTests {
    private let content = "header\r\none\r\ntwo"
    private let working = "one\ntwo\n"

    /// A workspace with the manifest of a dataset of two files that a mirror or a package can give.
    private func prepare(_ scratch: DataScratch, origins: [DatasetOrigin]) throws -> DatasetCatalogue {
        let manifest = DatasetManifest(
            name: "letters", summary: "a test", licence: "none", citation: "none",
            files: [
                DatasetFile(
                    path: "sub/a.txt", bytes: working.utf8.count, encoding: "text/plain",
                    sha256: Digest.sha256(working))
            ], commercialUse: true, permittedUse: "tests", origins: origins)
        let folder = scratch.url.appendingPathComponent("datasets")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try manifest.write(to: folder.appendingPathComponent("letters.json"))
        return DatasetCatalogue(
            manifests: folder, workspace: scratch.url, mirror: scratch.url.appendingPathComponent("mirror"))
    }

    private func mirror(digest: String? = nil, folder: String = "m") -> DatasetOrigin {
        DatasetOrigin(
            kind: .mirror, folder: folder,
            files: [
                OriginFile(
                    path: "a.raw", sha256: digest ?? Digest.sha256(content), gives: "sub/a.txt",
                    steps: [.dropFirstLine, .unixLines, .finalNewline])
            ])
    }

    @Test func aMirrorGivesTheWorkingForm() throws {
        let scratch = try DataScratch()
        _ = try scratch.write(content, to: "mirror/m/a.raw")
        let catalogue = try prepare(scratch, origins: [mirror()])
        let puller = DatasetPuller(catalogue)
        #expect(try puller.pull("letters").pulled)
        #expect(try String(contentsOf: catalogue.file("letters", "sub/a.txt"), encoding: .utf8) == working)
        #expect(scratch.contents(".lab/data") == ["letters"])
        #expect(try !puller.pull("letters").pulled)
        // An altered working form is made anew.
        _ = try scratch.write("spoiled", to: ".lab/data/letters/sub/a.txt")
        #expect(try puller.pull("letters").pulled)
        #expect(try catalogue.status(of: "letters").state == .present)
        #expect(scratch.contents(".lab/data") == ["letters"])
    }

    @Test func aWrongDigestNamesBothAndLeavesNothing() throws {
        let scratch = try DataScratch()
        _ = try scratch.write(content, to: "mirror/m/a.raw")
        let wrong = Digest.sha256("something else")
        let catalogue = try prepare(scratch, origins: [mirror(digest: wrong)])
        #expect(
            throws: StorageError.wrongDigest(
                path: "a.raw of mirror folder m", expected: wrong, found: Digest.sha256(content))
        ) { try DatasetPuller(catalogue).pull("letters") }
        #expect(scratch.contents(".lab/data").isEmpty)
    }

    @Test func theNextOriginIsTriedAndAllAreNamedInTheEnd() throws {
        let scratch = try DataScratch()
        _ = try scratch.write(content, to: "mirror/second/a.raw")
        let catalogue = try prepare(scratch, origins: [mirror(folder: "first"), mirror(folder: "second")])
        #expect(try DatasetPuller(catalogue).pull("letters").origin == "mirror folder second")
        let nowhere = try prepare(scratch, origins: [mirror(folder: "first"), mirror(folder: "third")])
        try FileManager.default.removeItem(at: catalogue.folder(of: "letters"))
        #expect {
            try DatasetPuller(nowhere).pull("letters")
        } throws: { error in
            guard case StorageError.unavailable(_, let attempts) = error else { return false }
            return attempts.count == 2 && attempts[1].contains("third")
        }
        #expect(scratch.contents(".lab/data").isEmpty)
    }

    /// Wheel and sdist by pip's own way to take archives from a folder, so that no network is needed.
    @Test(arguments: [DatasetOrigin.PackageForm.wheel, .sdist])
    func aPackageGivesItsFilesWithoutRunningAnything(form: DatasetOrigin.PackageForm) throws {
        let scratch = try DataScratch()
        let archive = form == .wheel ? "letters-1.0-py3-none-any.whl" : "letters-1.0.tar.gz"
        let made = try Subprocess.run(
            "python3",
            [
                "-c",
                """
                import gzip, io, sys, tarfile, zipfile
                form, archive, content = sys.argv[1:]
                data = gzip.compress(content.encode(), mtime=0)
                files = {"letters/a.gz": data, "letters-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\\n",
                         "letters-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\\nName: letters\\nVersion: 1.0\\n",
                         "letters-1.0.dist-info/RECORD": b"", "setup.py": b"raise SystemExit('setup.py was run')\\n"}
                if form == "wheel":
                    with zipfile.ZipFile(archive, "w") as z:
                        for name, bytes in files.items(): z.writestr(zipfile.ZipInfo(name), bytes)
                else:
                    with tarfile.open(archive, "w:gz") as t:
                        for name, bytes in files.items():
                            info = tarfile.TarInfo("letters-1.0/" + name)
                            info.size = len(bytes)
                            t.addfile(info, io.BytesIO(bytes))
                """, form.rawValue, archive, content,
            ], in: scratch.url)
        #expect(made.status == 0, "\(made.output)")
        let bytes = try Data(contentsOf: scratch.url.appendingPathComponent(archive))
        let prefix = form == .wheel ? "" : "letters-1.0/"
        let packed = try Subprocess.run(
            "python3",
            [
                "-c",
                "import gzip,hashlib,sys;print(hashlib.sha256(gzip.compress(sys.argv[1].encode(),mtime=0)).hexdigest())",
                content,
            ], in: scratch.url)
        func origin(_ sha256: String) -> DatasetOrigin {
            DatasetOrigin(
                kind: .pythonPackage, package: "letters", version: "1.0", form: form, archive: archive,
                sha256: sha256, contentSize: bytes.count,
                files: [
                    OriginFile(
                        path: prefix + "letters/a.gz", sha256: String(packed.output.prefix(64)), gives: "sub/a.txt",
                        steps: [.gunzip, .dropFirstLine, .unixLines, .finalNewline])
                ])
        }
        let work = scratch.url.appendingPathComponent("work")
        func fetch(_ sha256: String) throws -> [String: Data] {
            try? FileManager.default.removeItem(at: work)
            try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
            let environment = ["PIP_FIND_LINKS": scratch.url.path, "PIP_NO_INDEX": "1"]
            return try PythonPackage(origin: origin(sha256), folder: work, environment: environment).files()
        }
        let files = try fetch(Digest.sha256(bytes))
        let data = try #require(files[prefix + "letters/a.gz"])
        let steps = origin("").files[0].steps
        #expect(try OriginSteps.apply(steps, to: data, in: scratch.url) == Data(working.utf8))
        #expect(
            throws: StorageError.wrongDigest(
                path: archive, expected: Digest.sha256("other"), found: Digest.sha256(bytes))
        ) { try fetch(Digest.sha256("other")) }
    }

    @Test func membersOfAnArchiveAreStoredTheSameWhateverTheirDates() throws {
        let scratch = try DataScratch()
        func archive(year: Int, _ method: String) throws -> Data {
            let name = "\(year)-\(method).zip"
            let made = try Subprocess.run(
                "python3",
                [
                    "-c",
                    """
                    import sys, zipfile
                    name, year, method = sys.argv[1:]
                    with zipfile.ZipFile(name, "w", getattr(zipfile, method)) as z:
                        for member in ("b.npy", "a.npy"):
                            z.writestr(zipfile.ZipInfo(member, (int(year), 2, 3, 4, 5, 6)), member * 100,
                                       getattr(zipfile, method))
                    """, name, String(year), method,
                ], in: scratch.url)
            #expect(made.status == 0, "\(made.output)")
            return try Data(contentsOf: scratch.url.appendingPathComponent(name))
        }
        let packed = try archive(year: 1999, "ZIP_DEFLATED")
        let stored = try OriginSteps.apply([.storeMembers], to: packed, in: scratch.url)
        let other = try archive(year: 2020, "ZIP_STORED")
        #expect(try OriginSteps.apply([.storeMembers], to: other, in: scratch.url) == stored)
        let text = String(decoding: stored, as: UTF8.self)
        #expect(text.contains(String(repeating: "b.npy", count: 100)))
        #expect(packed.count < stored.count)
        #expect(throws: StorageError.self) {
            try OriginSteps.apply([.storeMembers], to: packed.prefix(100), in: scratch.url)
        }
    }

    @Test func aReadOnlyFolderIsExplained() throws {
        // Root may write anywhere; a file in the way of the folder stands for it.
        let scratch = try DataScratch()
        _ = try scratch.write(content, to: "mirror/m/a.raw")
        _ = try scratch.write("in the way", to: ".lab")
        let catalogue = try prepare(scratch, origins: [mirror()])
        #expect(throws: StorageError.self) { try DatasetPuller(catalogue).pull("letters") }
    }
}
