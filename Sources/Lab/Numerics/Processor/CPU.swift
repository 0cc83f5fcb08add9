import Foundation

/// What this machine's processor can do.
public enum CPU {
    /// Feature names as in `/proc/cpuinfo`; empty where the system does not tell.
    public static let features: Set<String> = features(of: readCPUInfo())

    /// The processor's name, such as `AMD EPYC`; "unknown processor" where the system does not tell.
    public static var model: String { value(of: "model name", in: readCPUInfo()) ?? "unknown processor" }

    /// Checks for the instructions that Lab's kernels are compiled for (x86-64-v3).
    ///
    /// - Throws: `NumericsError.unsupportedProcessor` with what is missing. Where the system does not tell, it passes.
    public static func requireAVX2() throws {
        try requireAVX2(features)
    }

    static func requireAVX2(_ features: Set<String>) throws {
        let missing = level3.filter { !features.contains($0) }
        if !features.isEmpty, !missing.isEmpty { throw NumericsError.unsupportedProcessor(missing: missing) }
    }

    /// The largest x86-64 level of the System V ABI whose instructions all are there, such as `x86-64-v3`.
    public static var level: String { level(features) }

    static func level(_ features: Set<String>) -> String {
        if !features.isSuperset(of: level3) { return "below x86-64-v3" }
        return features.isSuperset(of: level4) ? "x86-64-v4" : "x86-64-v3"
    }

    // lzcnt is listed as abm.
    private static let level3 = ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe"]
    private static let level4 = ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]

    static func features(of cpuInfo: String) -> Set<String> {
        Set((value(of: "flags", in: cpuInfo) ?? "").split(separator: " ").map(String.init))
    }

    private static func value(of key: String, in cpuInfo: String) -> String? {
        for line in cpuInfo.split(separator: "\n") where line.hasPrefix(key) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }

    private static func readCPUInfo() -> String {
        (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    }
}
