import CHDF5
import Foundation
import LabDomain

extension HDF5File {
    /// Makes a group and those on the way to it; does nothing for one that exists.
    public func makeGroup(_ path: String) throws {
        try withFile(writing: true) { file in try makeGroup(path, in: file) }
    }

    /// Whether there is a group or dataset of this name.
    public func exists(_ path: String) throws -> Bool {
        try withFile { file in exists(path, in: file) }
    }

    /// The names of the groups and datasets directly in a group, sorted by their UTF-8 bytes.
    public func list(_ group: String = "/") throws -> [String] {
        try withFile { file in
            guard exists(group, in: file) else {
                throw StorageError.noSuchObject(file: url.path, name: group, nearest: nearest(group, in: file))
            }
            return try names(in: group, file)
        }
    }

    func makeParents(of path: String, in file: hid_t) throws {
        let parts = path.split(separator: "/")
        guard parts.count > 1 else { return }
        try makeGroup(parts.dropLast().joined(separator: "/"), in: file)
    }

    private func makeGroup(_ path: String, in file: hid_t) throws {
        var name = ""
        for part in path.split(separator: "/") {
            name += "/" + part
            if H5Lexists(file, name, lab_h5_default()) > 0 { continue }
            let properties = try HDF5Handle(
                H5Pcreate(lab_h5_group_create()), closedBy: H5Pclose, file: url.path, doing: "make a property list")
            H5Pset_obj_track_times(properties.id, false)
            _ = try HDF5Handle(
                H5Gcreate2(file, name, lab_h5_default(), properties.id, lab_h5_default()), closedBy: H5Gclose,
                file: url.path, doing: "make the group \(name)")
        }
    }

    /// Each part on the way is asked for, since HDF5 reports a missing parent as an error.
    func exists(_ path: String, in file: hid_t) -> Bool {
        var name = ""
        for part in path.split(separator: "/") {
            name += "/" + part
            if H5Lexists(file, name, lab_h5_default()) <= 0 { return false }
        }
        return true
    }

    /// The object in the same group whose name is most like the last part of `path`.
    func nearest(_ path: String, in file: hid_t) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        let parent = "/" + parts.dropLast().joined(separator: "/")
        guard let last = parts.last, exists(parent, in: file), let names = try? names(in: parent, file) else {
            return nil
        }
        return NearestName.of(last, among: names)
    }

    private func names(in path: String, _ file: hid_t) throws -> [String] {
        let group = try HDF5Handle(
            H5Gopen2(file, path, lab_h5_default()), closedBy: H5Gclose, file: url.path, doing: "open the group \(path)")
        var found = lab_h5_names()
        defer { free(found.text) }
        try HDF5Library.check(lab_h5_names(group.id, &found), file: url.path, doing: "list the group \(path)")
        let bytes = UnsafeRawBufferPointer(start: found.text, count: found.length)
        let names = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
