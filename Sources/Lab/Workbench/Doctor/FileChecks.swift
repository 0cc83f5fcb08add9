import Foundation
import LabDomain
import LabRuns
import LabStorage

/// Whether files can be written, and come back as they were.
enum FileChecks {
    /// Below this a loop may not finish.
    static let enough: Int64 = 2_000_000_000
    /// Below this hardly anything works.
    static let least: Int64 = 200_000_000

    /// Writes and reads an HDF5 file, and checks that the same content gives the same bytes.
    static func hdf5() -> DoctorCheck {
        check("hdf5", remedy: "install libhdf5 1.10 or later again") { folder in
            let values = (0..<1_000).map { Float($0) / 7 }
            let names = ["first.h5", "second.h5"].map { folder.appending(path: $0) }
            for url in names {
                let file = try HDF5File.create(url)
                try file.write("/doctor/values", values, shape: [10, 100], compression: .deflate(level: 4))
                try file.close()
            }
            let file = try HDF5File.open(names[0])
            let back = try file.read("/doctor/values", as: Float.self)
            try file.close()
            guard back == values else { return ("what was written does not come back", false) }
            guard try Digest.sha256(file: names[0]) == Digest.sha256(file: names[1]) else {
                return ("the same content gives different bytes", false)
            }
            return ("HDF5 \(NativeLibraries.hdf5): a file comes back, twice the same bytes", true)
        }
    }

    static func sqlite() -> DoctorCheck {
        check("sqlite", remedy: "install libsqlite3 3.38 or later again") { folder in
            let version = try NativeLibraries.checkSQLite(at: folder.appending(path: "doctor.sqlite"))
            return ("SQLite \(version): a database comes back", true)
        }
    }

    static func disk(_ workspace: Workspace) -> DoctorCheck {
        let place = existing(workspace.root)
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: place.path)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return DoctorCheck(
                "disk", .warning, "the free space at \(place.path) is not known", remedy: "look at it with df")
        }
        let text = String(format: "%.1f GB free at %@", Double(free) / 1e9, place.path)
        let remedy = "make room: 'labctl data' and runs need about 2 GB; .lab/ can be deleted at any time"
        if free < least { return DoctorCheck("disk", .fault, text, remedy: remedy) }
        if free < enough { return DoctorCheck("disk", .warning, text, remedy: remedy) }
        return DoctorCheck("disk", .ok, text)
    }

    static func workspace(_ workspace: Workspace) -> DoctorCheck {
        let place = existing(workspace.root)
        guard FileManager.default.isWritableFile(atPath: place.path) else {
            return DoctorCheck(
                "workspace", .fault, "\(place.path) cannot be written",
                remedy: "give --workspace another folder, or change its permissions")
        }
        let runs = (try? workspace.entries().count) ?? 0
        return DoctorCheck("workspace", .ok, "\(workspace.root.path), \(runs) run(s)")
    }

    /// The folder itself or the nearest one above it that exists.
    private static func existing(_ folder: URL) -> URL {
        var place = folder
        while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
            place = place.deletingLastPathComponent()
        }
        return place
    }

    private static func check(_ name: String, remedy: String, _ body: (URL) throws -> (String, Bool)) -> DoctorCheck {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lab-doctor-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let (finding, isFine) = try body(folder)
            return DoctorCheck(name, isFine ? .ok : .fault, finding, remedy: isFine ? nil : remedy)
        } catch let error as any ReportableError {
            return DoctorCheck(name, .fault, error.what, remedy: error.remedy)
        } catch {
            return DoctorCheck(name, .fault, "\(error)", remedy: remedy)
        }
    }
}
