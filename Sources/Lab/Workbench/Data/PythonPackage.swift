import Foundation
import LabStorage

/// Files that a Python package carries, got without running anything of it.
struct PythonPackage {
    let origin: DatasetOrigin
    /// A folder of its own, removed by the caller.
    let folder: URL
    var python = "python3"
    /// Set besides this process's own environment.
    var environment: [String: String] = [:]

    /// The bytes of each named file. The archive's digest is checked before it is opened.
    func files() throws -> [String: Data] {
        let archive = try download()
        let found = try Digest.sha256(file: archive)
        guard let expected = origin.sha256, found == expected else {
            throw StorageError.wrongDigest(path: archive.lastPathComponent, expected: origin.sha256 ?? "", found: found)
        }
        let unpacked = folder.appendingPathComponent("unpacked")
        let names = origin.files.map(\.path)
        let result = try Subprocess.run(
            python, ["-c", Self.unpackScript, archive.path, unpacked.path] + names, in: folder, environment)
        guard result.status == 0 else { throw failure("could not be unpacked", result.output) }
        var files: [String: Data] = [:]
        for (index, name) in names.enumerated() {
            files[name] = try Data(contentsOf: unpacked.appendingPathComponent("\(index)"))
        }
        return files
    }

    private func download() throws -> URL {
        let package = origin.package ?? ""
        let version = origin.version ?? ""
        let result: (status: Int32, output: String)
        switch origin.form {
        case .sdist:
            // `pip download` would run the package's build step, so pip only finds and fetches the archive here.
            result = try Subprocess.run(
                python, ["-c", Self.fetchScript, package, version, origin.archive ?? "", folder.path], in: folder,
                environment)
        case .wheel, nil:
            result = try Subprocess.run(
                python,
                [
                    "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
                    "--only-binary", ":all:", "--ignore-requires-python", "--dest", folder.path,
                    "\(package)==\(version)",
                ], in: folder, environment)
        }
        let archive = folder.appendingPathComponent(origin.archive ?? "")
        guard result.status == 0 else { throw failure("could not be downloaded", result.output) }
        guard FileManager.default.fileExists(atPath: archive.path) else {
            throw failure("has no file \(origin.archive ?? "")", result.output)
        }
        return archive
    }

    private func failure(_ what: String, _ output: String) -> StorageError {
        let lines = output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let last = lines.last { $0.hasPrefix("ERROR") } ?? lines.last { !$0.isEmpty && !$0.hasPrefix("hint") }
        if output.contains("No space left on device") { return .diskFull(path: folder.path) }
        var reason = what + (last.map { ": \($0)" } ?? "")
        if output.contains("No such file or directory"), output.contains(python) {
            reason = "\(python) is not installed"
        }
        if output.contains("No module named pip") { reason = "pip is not installed (package python3-pip)" }
        return .cannotRead(path: "\(origin.package ?? "") \(origin.version ?? "")", reason: reason)
    }

    /// Writes the members named after the archive and the folder to files 0, 1, … in that folder.
    private static let unpackScript = """
        import os, shutil, sys, tarfile, zipfile
        archive, folder, *names = sys.argv[1:]
        os.mkdir(folder)
        zipped = zipfile.is_zipfile(archive)
        with (zipfile.ZipFile(archive) if zipped else tarfile.open(archive)) as package:
            for index, name in enumerate(names):
                source = package.open(name) if zipped else package.extractfile(name)
                with source, open(os.path.join(folder, str(index)), "wb") as target:
                    shutil.copyfileobj(source, target)
        """

    /// Fetches one source archive with pip's own index, proxy and certificate settings, and runs nothing of it.
    private static let fetchScript = """
        import os, shutil, sys
        from pip._internal.commands import create_command
        name, version, archive, folder = sys.argv[1:]
        command = create_command("download")
        options, _ = command.parse_args(["--no-deps", "--no-binary", ":all:", "--quiet"])
        with command.main_context():
            session = command.get_default_session(options)
            finder = command._build_package_finder(options, session)
            links = [c.link for c in finder.find_all_candidates(name) if c.link.filename == archive]
            if not links:
                sys.exit(f"ERROR: no archive {archive} of {name} {version} was found")
            answer = session.get(links[0].url_without_fragment, headers={"Accept-Encoding": "identity"}, stream=True)
            answer.raise_for_status()
            with open(os.path.join(folder, archive), "wb") as file:
                for block in answer.iter_content(1 << 16):
                    file.write(block)
        """
}
