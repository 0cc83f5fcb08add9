import LabDomain
import LabStorage

/// Whether the main datasets are here, with the digests that their manifests pin.
public enum DatasetChecks {
    /// One check a main dataset; what is not here is a warning, what was altered a fault.
    public static func checks(_ catalogue: DatasetCatalogue) -> [DoctorCheck] {
        let names = catalogue.names
        guard !names.isEmpty else {
            return [
                DoctorCheck(
                    "data", .fault, "there are no dataset manifests",
                    remedy: "keep share/lab/datasets beside the program's folder, as it was installed")
            ]
        }
        return names.compactMap { name in
            do {
                guard try catalogue.manifest(name).isMain else { return nil }
                let status = try catalogue.status(of: name)
                switch status.state {
                case .present:
                    return DoctorCheck("data/\(name)", .ok, "\(status.bytes / 1_000) kB, digests as pinned")
                case .missing, .incomplete:
                    return DoctorCheck(
                        "data/\(name)", .warning, "\(status.state.rawValue)", remedy: "labctl data pull \(name)")
                case .altered:
                    let problem = status.problems.first?.what ?? "a digest differs"
                    return DoctorCheck(
                        "data/\(name)", .fault, problem, remedy: "delete the file, then labctl data pull \(name)")
                }
            } catch {
                let error = error as? any ReportableError
                return DoctorCheck(
                    "data/\(name)", .fault, error?.what ?? "cannot be read",
                    remedy: error?.remedy ?? "restore the manifest")
            }
        }
    }
}
