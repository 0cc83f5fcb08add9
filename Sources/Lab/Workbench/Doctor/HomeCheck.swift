import Foundation

/// Whether keys and ledgers lie where only their user can read them.
enum HomeCheck {
    static func home(_ home: URL) -> DoctorCheck {
        let files = FileManager.default
        guard files.fileExists(atPath: home.path) else {
            return DoctorCheck("home", .ok, "\(home.path) is made when a key is first needed")
        }
        guard files.isWritableFile(atPath: home.path) else {
            return DoctorCheck(
                "home", .fault, "\(home.path) cannot be written", remedy: "set LAB_HOME to a folder of your own")
        }
        // Who may write a folder may put other keys or another ledger in the place of what lies in it.
        let homeMode = (try? files.attributesOfItem(atPath: home.path))?[.posixPermissions] as? NSNumber
        if let homeMode, homeMode.intValue & 0o002 != 0 {
            return DoctorCheck(
                "home", .fault, "everyone can write \(home.path) and so replace keys and ledgers",
                remedy: "chmod o-w \(home.path)")
        }
        let keys = home.appending(path: "keys")
        var exposed: [String] = []
        for path in [keys.path]
            + ((try? files.contentsOfDirectory(atPath: keys.path)) ?? []).map({ keys.path + "/" + $0 })
        {
            let mode = (try? files.attributesOfItem(atPath: path))?[.posixPermissions] as? NSNumber
            if let mode, mode.intValue & 0o077 != 0 { exposed.append(path) }
        }
        guard exposed.isEmpty else {
            return DoctorCheck(
                "home", .fault, "others can read \(exposed.sorted().joined(separator: ", "))",
                remedy: "chmod -R go= \(keys.path), and make new keys if others had access")
        }
        return DoctorCheck("home", .ok, "\(home.path): keys are readable by their user alone")
    }
}
