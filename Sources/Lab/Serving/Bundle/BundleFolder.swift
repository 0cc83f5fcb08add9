import Foundation

/// Reads the parts of a bundle that lies in a folder.
enum BundleFolder {
    static func manifest(_ bundle: URL) throws -> BundleManifest {
        try read(BundleManifest.self, BundleFiles.manifest, in: bundle)
    }

    static func rollout(_ bundle: URL) throws -> RolloutPlan {
        try read(RolloutPlan.self, BundleFiles.rollout, in: bundle)
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ file: String, in bundle: URL) throws -> Value {
        let url = bundle.appending(path: file)
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw ServingError.cannotRead(path: url.path, reason: error.localizedDescription)
        }
        return try ServingJSON.decode(type, from: data, file: file)
    }
}
