import Foundation
import LabPolicy
import LabSimulation

extension PolicyLoader {
    /// What `LabPolicy` saves, over the policy that logs journeys in EmoSeq.
    public static let standard = PolicyLoader(
        learned: { bundle, _ in
            try SavedPolicy.read(
                weights: bundle.appending(path: BundleFiles.policy),
                description: bundle.appending(path: BundleFiles.policyDescription))
        },
        behaviour: { EmoSeqLoggingPolicy(schema: $0.schema) })
}
