import Foundation

/// Whether data can be read out of Python packages: `labctl data pull` asks pip for them.
enum PythonCheck {
    static func pip(_ environment: [String: String]) -> DoctorCheck {
        let remedy = "install python3 and python3-pip (make setup), or name a mirror folder in LAB_MIRROR"
        do {
            let python = try Program.find("python3", environment: environment)
            let result = try Program(python, ["-m", "pip", "--version"], environment: environment).run(limit: 60)
            guard result.status == 0 else {
                return DoctorCheck("python", .warning, "\(python.path) has no pip", remedy: remedy)
            }
            let words = result.output.split(separator: " ").prefix(2).joined(separator: " ")
            return DoctorCheck("python", .ok, "\(python.path) with \(words)")
        } catch {
            return DoctorCheck("python", .warning, "there is no python3", remedy: remedy)
        }
    }
}
